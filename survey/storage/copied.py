"""What somebody reads out of a copy of the database: for the attack on anonymity, never for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.storage.upkeep import table_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class SeenUrn:
    """Who has answered, and every box and draft, as a copy shows them."""

    answered: frozenset[str]
    """Addresses."""
    boxes: dict[str, bytes]
    drafts: dict[str, bytes]


def seen_urn(connection: Connection) -> SeenUrn:
    """What the copy shows of all editions."""
    answered = connection.execute("SELECT address FROM participant WHERE has_answered = 1")
    boxes = connection.execute("SELECT slot, box FROM urn ORDER BY slot")
    drafts = connection.execute("SELECT slot, box FROM draft ORDER BY slot")
    return SeenUrn(
        frozenset(row["address"] for row in answered),
        {row["slot"]: bytes(row["box"]) for row in boxes},
        {row["slot"]: bytes(row["box"]) for row in drafts},
    )


def every_row(connection: Connection) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Each row of each table, with the table's name."""
    for table, columns in table_columns(connection).items():
        names = ", ".join(f'"{column}"' for column in columns)
        found = connection.execute(
            f'SELECT {names} FROM "{table}"'  # noqa: S608 -- names out of the copy's own schema
        )
        for row in found:
            yield table, tuple(row)


def table_definitions(connection: Connection) -> dict[str, str]:
    """The statement that made each table."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
    return {row["name"]: row["sql"] for row in rows}


def write_copy(path: Path, content: bytes) -> None:
    """The file holds these bytes, and no log lies beside it."""
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(content)


def lay_texts_in_order(connection: Connection, ordered: Iterator[tuple[str, str]]) -> None:
    """Give each text a new id: a control of the attack, on a copy, where ids tell an order."""
    connection.execute("PRAGMA foreign_keys=OFF")
    for old, new in ordered:
        for table, column in (("text", "id"), ("publication_text", "text"), ("text_theme", "text")):
            connection.execute(
                f'UPDATE "{table}" SET "{column}" = :new WHERE "{column}" = :old',  # noqa: S608 -- our own names
                {"old": old, "new": new},
            )
