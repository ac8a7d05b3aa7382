"""The tables of a file, to be carried to another engine or filled from one."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from survey.errors import StorageUnavailable
from survey.storage.engine import StillInUse
from survey.storage.sqlite import SqliteWriting, foreign_errors, open_connection
from survey.storage.tables import names_in_order
from survey.storage.upkeep import table_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from survey.storage.tables import Row, Tables


_BRIEFLY = 500
"""Milliseconds: whoever has the file open holds it for good."""


class SqliteTables:
    """What one connection to a file sees."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 -- driver
        self._connection = connection

    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each table that is there, tables in the order in which they refer to each other."""
        found = table_columns(self._connection)
        return {name: found[name] for name in names_in_order() if name in found}

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterable[Row]:
        """Every row of the table."""
        names = ", ".join(f'"{column}"' for column in columns)
        found = self._connection.execute(
            f'SELECT {names} FROM "{table}"'  # noqa: S608 -- names out of our own schema
        )
        return (tuple(row) for row in found)

    def refill(self, columns: dict[str, tuple[str, ...]], source: Tables) -> None:
        """These tables hold what the source holds and nothing else."""
        for table in reversed(columns):
            self._connection.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- names out of our own schema
        for table, names in columns.items():
            listed = ", ".join(f'"{column}"' for column in names)
            places = ", ".join("?" for _ in names)
            self._connection.executemany(
                f'INSERT INTO "{table}" ({listed}) VALUES ({places})',  # noqa: S608 -- names out of our own schema
                source.rows(table, names),
            )


@contextmanager
def tables_of_file_alone(path: Path) -> Iterator[SqliteTables]:
    """The same, and nobody else can open the file meanwhile; StillInUse if somebody has it open."""
    with foreign_errors(), closing(open_connection(path)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute(f"PRAGMA busy_timeout={_BRIEFLY}")
        try:
            connection.execute("BEGIN IMMEDIATE")
        except SqliteWriting.errors as error:
            if "locked" not in str(error):
                raise
            raise StillInUse from error
        yield SqliteTables(connection)
        connection.execute("ROLLBACK")


@contextmanager
def tables_of_file(path: Path) -> Iterator[SqliteTables]:
    """The file's tables in one moment; nobody else writes into it meanwhile, and what is filled in is committed."""
    with foreign_errors(), closing(open_connection(path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")  # rows of one table may refer to each other
        connection.execute("BEGIN IMMEDIATE")
        yield SqliteTables(connection)
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StorageUnavailable(f"foreign key {broken[0][0]}")
        connection.execute("COMMIT")
