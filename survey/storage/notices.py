"""What organisers were told by mail, so that they hear it once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


def remember(connection: Connection, event: str, *, subject: str, at: datetime) -> bool:
    """True if that is told for the first time."""
    added = connection.execute(
        """
        INSERT INTO notice_sent (event, subject, at) VALUES (:event, :subject, :at)
        ON CONFLICT (event, subject) DO NOTHING
        """,
        {"event": event, "subject": subject, "at": moment_to_text(at)},
    )
    return bool(added.rowcount == 1)


def forget(connection: Connection, event: str, *, subject: str) -> None:
    """It is over: should it happen again, it is told again."""
    connection.execute(
        "DELETE FROM notice_sent WHERE event = :event AND subject = :subject",
        {"event": event, "subject": subject},
    )


def subjects(connection: Connection, event: str) -> frozenset[str]:
    """What was told of that kind."""
    rows = connection.execute(
        "SELECT subject FROM notice_sent WHERE event = :event", {"event": event}
    )
    return frozenset(row["subject"] for row in rows)
