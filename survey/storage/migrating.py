"""Migrations: numbered texts that both engines understand, each applied once, atomic with its record."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from survey.storage.sqlite import open_connection

if TYPE_CHECKING:
    from pathlib import Path


def migrate(path: Path) -> tuple[str, ...]:
    """Bring the file to the newest schema; the names of the migrations applied now. Each is atomic with its record."""
    return migrate_with(path, migrations())


def migrate_with(path: Path, wanted: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The same with these migrations only: for a copy of a database that has not been upgraded yet."""
    from sqlite_utils import Database as UtilsDatabase  # noqa: PLC0415 -- serving needs no migrations

    connection = open_connection(path)
    applied: list[str] = []
    try:
        database = UtilsDatabase(connection)
        if "migration" not in database.table_names():
            connection.execute(
                "CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"
            )
        done = {row["name"] for row in connection.execute("SELECT name FROM migration")}
        for name, text in wanted:
            if name not in done:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    for statement in statements(text):
                        connection.execute(statement)
                    connection.execute(
                        "INSERT INTO migration (name) VALUES (:name)", {"name": name}
                    )
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
                applied.append(name)
    finally:
        connection.close()
    return tuple(applied)


def statements(text: str) -> tuple[str, ...]:
    """The statements of a migration for SQLite: each table STRICT and WITHOUT ROWID."""
    return tuple(
        f"{s} STRICT, WITHOUT ROWID" if s.upper().startswith("CREATE TABLE") else s
        for s in single_statements(text)
    )


def single_statements(text: str) -> tuple[str, ...]:
    """The statements of a migration as they are written, without comments."""
    found = (s.strip() for s in re.sub(r"--[^\n]*", "", text).split(";"))
    return tuple(s for s in found if s)


def migrations() -> tuple[tuple[str, str], ...]:
    """Name and text of every migration, in their order."""
    folder = resources.files("survey.storage") / "migrations"
    return tuple(
        sorted(
            (f.name, f.read_text(encoding="utf-8"))
            for f in folder.iterdir()
            if f.name.endswith(".sql")
        )
    )
