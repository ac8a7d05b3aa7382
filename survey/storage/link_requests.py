"""How often a person asked for a new link today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from survey.storage.connection import Connection


def count(connection: Connection, edition: str, *, participant: str, day: date) -> int:
    """Which request of that day this one is; what is kept of earlier days goes."""
    connection.execute(
        """
        DELETE FROM link_request WHERE edition = :edition AND day < :day
        """,
        {"edition": edition, "day": day.isoformat()},
    )
    connection.execute(
        """
        INSERT INTO link_request (edition, participant, day, n)
        VALUES (:edition, :participant, :day, 1)
        ON CONFLICT (edition, participant, day) DO UPDATE SET n = link_request.n + 1
        """,
        {"edition": edition, "participant": participant, "day": day.isoformat()},
    )
    row = connection.execute(
        """
        SELECT n FROM link_request
        WHERE edition = :edition AND participant = :participant AND day = :day
        """,
        {"edition": edition, "participant": participant, "day": day.isoformat()},
    ).fetchone()
    return int(row["n"])


def people_at(connection: Connection, edition: str, address: str) -> tuple[str, ...]:
    """Ids of the people registered with that address, however it is capitalised."""
    rows = connection.execute(
        """
        SELECT id FROM participant
        WHERE edition = :edition AND lower(address) = lower(:address) AND is_withdrawn = 0
        ORDER BY id
        """,
        {"edition": edition, "address": address},
    )
    return tuple(row["id"] for row in rows)


def kept(connection: Connection, edition: str, *, participant: str) -> int:
    """How many requests of the person are on record."""
    row = connection.execute(
        """
        SELECT COALESCE(SUM(n), 0) AS n FROM link_request
        WHERE edition = :edition AND participant = :participant
        """,
        {"edition": edition, "participant": participant},
    ).fetchone()
    return int(row["n"])
