"""The database as a file: compacting it, copying it, and finding out whether a copy is whole."""

from __future__ import annotations

import hashlib
from contextlib import closing
from typing import TYPE_CHECKING

from survey.errors import StorageUnavailable
from survey.storage import commit_count
from survey.storage.connection import foreign_errors, open_connection

if TYPE_CHECKING:
    from pathlib import Path

    from survey.storage.connection import Connection


_FORGETTING = {
    "backup_order": "DELETE FROM backup_order",
    "held_earlier": "DELETE FROM held_earlier",
    "held_list": "DELETE FROM held_list",
}
PASSING = frozenset(_FORGETTING)
"""Tables that no backup holds: an uploaded list is deleted within the hour, a backup after weeks.

The wish for a backup would be fulfilled a second time by whoever restores it.
"""


def compact(path: Path) -> None:
    """Deleted rows are in no page and in no log of the file any longer; StorageUnavailable while somebody reads."""
    with foreign_errors(), closing(open_connection(path)) as connection:
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StorageUnavailable("the write-ahead log is being read")


def copy_into(path: Path, target: Path) -> None:
    """The target is a compact copy of one moment; it must not exist."""
    with foreign_errors(), closing(open_connection(path)) as connection:
        connection.execute("VACUUM INTO :target", {"target": str(target)})


def forget_passing(copy: Path) -> None:
    """What is there for an hour only is in no page of the copy."""
    with foreign_errors(), closing(open_connection(copy)) as connection:
        # Before an upgrade the copy has only the tables of its day.
        there = PASSING.intersection(table_sizes(connection))
        deleted = [connection.execute(_FORGETTING[table]).rowcount for table in sorted(there)]
        if any(deleted):
            connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def faults(path: Path) -> tuple[str, ...]:
    """What SQLite finds wrong with the file; empty if it is whole."""
    with foreign_errors(), closing(open_connection(path)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return (*(text for text in found if text != "ok"), *(f"foreign key {row[0]}" for row in broken))


def lost_commits(path: Path) -> int:
    """How many commits the database has lost that were durable once: a damaged log passes every other check."""
    try:
        with foreign_errors(), closing(open_connection(path)) as connection:
            return commit_count.lost(path, connection)
    except OSError as error:
        raise StorageUnavailable(str(error)) from error


def confirm_commits(path: Path) -> None:
    """Somebody has looked: what the database has is what there is."""
    try:
        with foreign_errors(), closing(open_connection(path)) as connection:
            commit_count.confirm(path, connection)
    except OSError as error:
        raise StorageUnavailable(str(error)) from error


def table_sizes(connection: Connection) -> dict[str, int]:
    """The number of rows of each table."""
    rows = connection.execute(
        """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY name
        """
    ).fetchall()
    return {
        row["name"]: connection.execute(
            f'SELECT COUNT(*) AS n FROM "{row["name"]}"'  # noqa: S608 -- names out of our own schema
        ).fetchone()["n"]
        for row in rows
    }


def sizes_of_file(path: Path) -> dict[str, int]:
    """The number of rows of each table in the file."""
    with foreign_errors(), closing(open_connection(path)) as connection:
        return table_sizes(connection)


def table_columns(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The columns of each table."""
    rows = connection.execute(
        """
        SELECT schema.name AS name, columns.name AS column_name
        FROM sqlite_schema AS schema, pragma_table_info(schema.name) AS columns
        WHERE schema.type = 'table' AND schema.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY schema.name, columns.cid
        """
    ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row["name"]] = (*found.get(row["name"], ()), row["column_name"])
    return found


def settings_in_force(path: Path) -> dict[str, int]:
    """The settings every promise about storage rests on, as a new connection has them."""
    with foreign_errors(), closing(open_connection(path)) as connection:
        return {
            name: int(connection.execute(pragma).fetchone()[0])
            for name, pragma in (
                ("synchronous", "PRAGMA synchronous"),
                ("secure_delete", "PRAGMA secure_delete"),
                ("foreign_keys", "PRAGMA foreign_keys"),
            )
        }


def digest_of_file(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
