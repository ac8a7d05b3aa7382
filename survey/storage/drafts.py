"""Drafts of people who asked to go on later: sealed, and found by their resume code only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def keep(connection: Connection, edition_id: str, slot: str, box: bytes) -> None:
    """Keep a draft, in place of an earlier one in the same slot."""
    connection.execute(
        """
        INSERT INTO draft (edition, slot, box) VALUES (:edition, :slot, :box)
        ON CONFLICT (edition, slot) DO UPDATE SET box = excluded.box
        """,
        {"edition": edition_id, "slot": slot, "box": box},
    )


def find(connection: Connection, edition_id: str, slot: str) -> bytes | None:
    """The draft in that slot."""
    row = connection.execute(
        "SELECT box FROM draft WHERE edition = :edition AND slot = :slot",
        {"edition": edition_id, "slot": slot},
    ).fetchone()
    return None if row is None else bytes(row["box"])


def delete(connection: Connection, edition_id: str, slot: str) -> None:
    """Delete the draft in that slot, if there is one."""
    connection.execute(
        "DELETE FROM draft WHERE edition = :edition AND slot = :slot",
        {"edition": edition_id, "slot": slot},
    )


def count(connection: Connection, edition_id: str) -> int:
    """How many drafts an edition has."""
    row = connection.execute(
        "SELECT COUNT(*) AS n FROM draft WHERE edition = :edition", {"edition": edition_id}
    ).fetchone()
    return int(row["n"])


def delete_of_edition(connection: Connection, edition_id: str) -> int:
    """Delete every draft of an edition; how many there were."""
    changed = connection.execute(
        "DELETE FROM draft WHERE edition = :edition", {"edition": edition_id}
    )
    return int(changed.rowcount)
