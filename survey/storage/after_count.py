"""What the count reads of people, and what of them it lets go, once the boxes are opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Booked:
    """How many registered for a session, and how many of them answered at all."""

    people: int
    answered: int


def people_of_edition(connection: Connection, edition_id: str) -> int:
    """N: everybody invited; who withdrew or is known not to have come counts only if they answered."""
    row = connection.execute(
        """
        SELECT (SELECT COUNT(*) FROM participant
                WHERE edition = :edition
                  AND (has_answered = 1 OR (is_withdrawn = 0 AND is_no_show = 0)))
             + (SELECT COUNT(*) FROM remembered
                WHERE edition = :edition AND has_answered = 1) AS people
        """,
        {"edition": edition_id},
    ).fetchone()
    return int(row["people"])


def booked_by_session(connection: Connection, edition_id: str) -> dict[str, Booked]:
    """The bookings of the people of N."""
    rows = connection.execute(
        """
        SELECT booking.session AS session, COUNT(*) AS people, SUM(has_answered) AS answered
        FROM booking
        JOIN participant ON participant.edition = booking.edition
                        AND participant.id = booking.participant
        WHERE booking.edition = :edition
          AND (has_answered = 1 OR (is_withdrawn = 0 AND is_no_show = 0))
        GROUP BY booking.session
        """,
        {"edition": edition_id},
    )
    return {row["session"]: Booked(row["people"], row["answered"]) for row in rows}


def forget_who_answered(connection: Connection, edition_id: str) -> None:
    """Nobody can tell any longer who answered or who registered for what."""
    connection.execute(
        "UPDATE participant SET has_answered = 0 WHERE edition = :edition", {"edition": edition_id}
    )
    connection.execute("DELETE FROM booking WHERE edition = :edition", {"edition": edition_id})
    # A reminder went to who had not answered by then: which of them left, and its link, say it as plainly.
    for statement in (
        "DELETE FROM outbox WHERE edition = :edition AND campaign IN ('reminder_1', 'reminder_2')",
        "DELETE FROM link WHERE edition = :edition AND campaign IN ('reminder_1', 'reminder_2')",
    ):
        connection.execute(statement, {"edition": edition_id})
    connection.execute(
        "UPDATE remembered SET has_answered = 0 WHERE edition = :edition", {"edition": edition_id}
    )
    connection.execute("DELETE FROM link_request WHERE edition = :edition", {"edition": edition_id})


def accept_unopenable(connection: Connection, edition_id: str, boxes: int) -> None:
    """Somebody decided that the count leaves out so many boxes that do not open."""
    connection.execute(
        "UPDATE edition SET unopenable = :boxes WHERE id = :edition AND answered IS NULL",
        {"boxes": boxes, "edition": edition_id},
    )
