"""Totals per session: who could have answered and how many did; they replace the bookings at the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.tally import SessionTotal as SessionTotal  # noqa: PLC0414 -- what this module's readers get

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.storage.connection import Connection


def insert(connection: Connection, edition_id: str, totals: Mapping[str, SessionTotal]) -> None:
    """The edition's sessions have these totals."""
    connection.executemany(
        """
        INSERT INTO session_total (edition, session, booked, absent, elsewhere, answered)
        VALUES (:edition, :session, :booked, :absent, :elsewhere, :answered)
        """,
        [
            {
                "edition": edition_id,
                "session": session,
                "booked": total.booked,
                "absent": total.absent,
                "elsewhere": total.elsewhere,
                "answered": total.answered,
            }
            for session, total in totals.items()
        ],
    )


def of_edition(connection: Connection, edition_id: str) -> dict[str, SessionTotal]:
    """The totals of the edition's sessions by their codes."""
    found = connection.execute(
        """
        SELECT session, booked, absent, elsewhere, answered
        FROM session_total
        WHERE edition = :edition
        """,
        {"edition": edition_id},
    )
    return {
        row["session"]: SessionTotal(
            row["booked"], row["absent"], row["elsewhere"], row["answered"]
        )
        for row in found
    }
