"""Installations as older versions have left them: today's rows in the schema of then."""

from __future__ import annotations

from contextlib import closing
from importlib import resources
from typing import TYPE_CHECKING

from survey.storage.connection import open_connection, statements

if TYPE_CHECKING:
    from pathlib import Path

MIGRATIONS = sorted(
    (f.name, f.read_text("utf-8"))
    for f in (resources.files("survey.storage") / "migrations").iterdir()
    if f.name.endswith(".sql")
)
RELEASED = "0004_urn_by_edition.sql"
"""The last migration before the workplace; installations of it exist."""
SINCE_THEN = tuple(name for name, _ in MIGRATIONS if name >= RELEASED)


def put_back(database: Path, last: str) -> None:
    """The database, which nobody has open, is as when that migration was the newest, with all rows it had room for."""
    newer = database.with_name("newer.db")
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.replace(newer)
    with closing(open_connection(database)) as connection:
        make_schema(connection, last)
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("ATTACH :newer AS newer", {"newer": str(newer)})
        for table in _tables(connection):
            common = ", ".join(
                c
                for c in _columns(connection, "main", table)
                if c in _columns(connection, "newer", table)
            )
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- what the migrations have put in
            connection.execute(f"INSERT INTO {table} ({common}) SELECT {common} FROM newer.{table}")  # noqa: S608 -- own names
        connection.execute("DETACH newer")
    newer.unlink()


def make_schema(connection: object, last: str) -> None:
    """The tables as that migration left them."""
    execute = connection.execute  # type: ignore[attr-defined]  # a driver's connection
    execute("CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    for name, text in MIGRATIONS:
        if name <= last:
            for statement in statements(text):
                execute(statement)
            execute("INSERT INTO migration (name) VALUES (:name)", {"name": name})


def _tables(connection: object) -> list[str]:
    rows = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")  # type: ignore[attr-defined]
    return [row[0] for row in rows if row[0] != "migration"]


def _columns(connection: object, schema: str, table: str) -> list[str]:
    rows = connection.execute(f"PRAGMA {schema}.table_info({table})")  # type: ignore[attr-defined]
    return [row["name"] for row in rows]
