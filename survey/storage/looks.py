"""Looks: when something that cannot be undone was first seen to be due."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def first_seen(connection: Connection, act: str, subject: str) -> datetime | None:
    """When the act was first seen to be due, if it was."""
    row = connection.execute(
        "SELECT first_seen FROM look WHERE act = :act AND subject = :subject",
        {"act": act, "subject": subject},
    ).fetchone()
    return None if row is None else datetime.fromisoformat(row["first_seen"])


def remember(connection: Connection, act: str, subject: str, *, at: datetime) -> None:
    """The act is seen to be due for the first time, now."""
    connection.execute(
        """
        INSERT INTO look (act, subject, first_seen) VALUES (:act, :subject, :at)
        ON CONFLICT (act, subject) DO UPDATE SET first_seen = excluded.first_seen
        """,
        {"act": act, "subject": subject, "at": at.isoformat()},
    )


def forget(connection: Connection, act: str, subject: str) -> None:
    """The act is not due, or done."""
    connection.execute(
        "DELETE FROM look WHERE act = :act AND subject = :subject",
        {"act": act, "subject": subject},
    )


def forget_all(connection: Connection) -> None:
    """Nothing is known to have been due: a restored database must not act on what its past has seen."""
    connection.execute("DELETE FROM look")
