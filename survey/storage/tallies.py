"""Tallies: how many gave which answer; written once, by the count."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from survey.model.tally import TallyRow as TallyRow  # noqa: PLC0414 -- what this module's readers get

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.storage.connection import Connection


def insert(connection: Connection, edition_id: str, rows: Iterable[TallyRow]) -> None:
    """The edition has these tallies."""
    connection.executemany(
        """
        INSERT INTO tally (edition, session, grouping, item, value, n)
        VALUES (:edition, :session, :grouping, :item, :value, :n)
        """,
        [
            {
                "edition": edition_id,
                "session": row.session,
                "grouping": row.grouping,
                "item": row.item,
                "value": row.value,
                "n": row.n,
            }
            for row in rows
        ],
    )


def of_edition(connection: Connection, edition_id: str) -> tuple[TallyRow, ...]:
    """The edition's tallies, in a fixed order."""
    found = connection.execute(
        """
        SELECT session, grouping, item, value, n
        FROM tally
        WHERE edition = :edition
        ORDER BY session, grouping, item, value
        """,
        {"edition": edition_id},
    )
    return tuple(
        TallyRow(row["session"], row["grouping"], row["item"], row["value"], row["n"])
        for row in found
    )


def digest(connection: Connection, edition_id: str) -> bytes:
    """Another one for any other tallies; found without making their rows."""
    row = connection.execute(
        """
        SELECT string_agg(told, ' ') AS all_of_them
        FROM (
            SELECT session || '/' || grouping || '/' || item || '/' || value || '/' || n AS told
            FROM tally
            WHERE edition = :edition
            ORDER BY session, grouping, item, value
        ) AS rows_in_order
        """,
        {"edition": edition_id},
    ).fetchone()
    return hashlib.sha256((row["all_of_them"] or "").encode()).digest()
