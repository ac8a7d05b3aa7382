"""The log of published groups: which tables of an edition have left the house. Rows are added, never changed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from survey.model.published_table import PublishedTable
from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from survey.storage.connection import Connection


def of_edition(connection: Connection, edition_key: str) -> tuple[tuple[PublishedTable, ...], ...]:
    """Every table ever published of the edition: what went on record together, the oldest first."""
    found = connection.execute(
        """
        SELECT entry, session, grouping, item, n, counts
        FROM published_group
        WHERE edition = :edition
        ORDER BY entry, session, grouping, item
        """,
        {"edition": edition_key},
    )
    entries: dict[int, list[PublishedTable]] = defaultdict(list)
    for row in found:
        entries[row["entry"]].append(
            PublishedTable(
                row["session"],
                row["grouping"],
                row["item"],
                row["n"],
                tuple(int(number) for number in row["counts"].split()),
            )
        )
    return tuple(tuple(tables) for tables in entries.values())


def digest(connection: Connection, edition_key: str) -> bytes:
    """Another one for anything else on record; found without making its tables."""
    row = connection.execute(
        """
        SELECT string_agg(told, '|') AS all_of_them
        FROM (
            SELECT entry || '/' || session || '/' || grouping || '/' || item || '/' || n || '/' || counts
                   AS told
            FROM published_group
            WHERE edition = :edition
            ORDER BY entry, session, grouping, item
        ) AS rows_in_order
        """,
        {"edition": edition_key},
    ).fetchone()
    return hashlib.sha256((row["all_of_them"] or "").encode()).digest()


def edition_keys(connection: Connection) -> tuple[str, ...]:
    """Every edition of which something is on record."""
    rows = connection.execute("SELECT DISTINCT edition FROM published_group ORDER BY edition")
    return tuple(row["edition"] for row in rows)


def insert(
    connection: Connection, edition_key: str, tables: Iterable[PublishedTable], *, at: datetime
) -> None:
    """These tables go on record together."""
    newest = connection.execute(
        "SELECT COALESCE(MAX(entry), 0) AS entry FROM published_group WHERE edition = :edition",
        {"edition": edition_key},
    ).fetchone()["entry"]
    connection.executemany(
        """
        INSERT INTO published_group (edition, entry, session, grouping, item, n, counts, recorded)
        VALUES (:edition, :entry, :session, :grouping, :item, :n, :counts, :recorded)
        """,
        [
            {
                "edition": edition_key,
                "entry": newest + 1,
                "session": table.session,
                "grouping": table.grouping,
                "item": table.item,
                "n": table.n,
                "counts": " ".join(str(number) for number in table.counts),
                "recorded": moment_to_text(at),
            }
            for table in tables
        ],
    )
