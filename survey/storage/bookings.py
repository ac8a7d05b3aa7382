"""What people booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def of_participant(connection: Connection, edition_id: str, participant_id: str) -> frozenset[str]:
    """Codes of the sessions a person booked."""
    rows = connection.execute(
        """
        SELECT session FROM booking WHERE edition = :edition AND participant = :participant
        """,
        {"edition": edition_id, "participant": participant_id},
    )
    return frozenset(row["session"] for row in rows)
