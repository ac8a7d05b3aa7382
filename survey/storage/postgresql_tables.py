"""The tables on a server, to be carried into a file or filled from one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from survey.errors import StorageUnavailable
from survey.storage.postgresql import lock_for_writing, open_durably, open_plainly
from survey.storage.tables import names_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.storage.tables import Row, Tables

_AT_ONCE = 1000
"""Rows that are fetched together."""


class PostgresqlTables:
    """What one connection to a server sees, in the transaction that it is in."""

    def __init__(self, driver: psycopg.Connection[dict[str, Any]]) -> None:
        self.driver = driver

    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each table that is there, tables in the order in which they refer to each other."""
        rows = self.driver.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = current_schema()
            ORDER BY table_name, ordinal_position
            """
        ).fetchall()
        found: dict[str, tuple[str, ...]] = {}
        for row in rows:
            name = row["table_name"]
            found[name] = (*found.get(name, ()), row["column_name"])
        return {name: found[name] for name in names_in_order() if name in found}

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterable[Row]:
        """Every row of the table, a few at a time."""
        with self.driver.cursor(name="carried", row_factory=tuple_row) as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(
                sql.SQL("SELECT {} FROM {}").format(
                    sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(table)
                )
            )
            yield from cursor

    def refill(self, columns: dict[str, tuple[str, ...]], source: Tables) -> None:
        """These tables hold what the source holds and nothing else."""
        self.driver.execute(
            sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, columns)))
        )
        for table, names in columns.items():
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
            )
            with self.driver.cursor() as cursor, cursor.copy(into) as copy:
                for row in source.rows(table, names):
                    copy.write_row(row)


@contextmanager
def seen_in_one_moment(address: str) -> Iterator[PostgresqlTables]:
    """The server's tables as they were committed in one moment, while everybody goes on."""
    with server_faults(), open_plainly(address) as driver:
        driver.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield PostgresqlTables(driver)
        driver.execute("COMMIT")


@contextmanager
def held_for_writing(address: str) -> Iterator[PostgresqlTables]:
    """The server's tables while nobody else writes; what is filled in is committed at the end, or undone."""
    with server_faults(), open_durably(address) as driver:
        lock_for_writing(driver)
        yield PostgresqlTables(driver)
        driver.execute("COMMIT")


@contextmanager
def server_faults() -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except psycopg.Error as error:
        raise StorageUnavailable(str(error)) from error
