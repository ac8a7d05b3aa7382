"""Looks: how long something that cannot be undone has been seen to be due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.model.steady_time import SteadyTime
    from survey.storage.connection import Connection


def has_begun(connection: Connection, act: str, subject: str) -> bool:
    """True if the act was seen to be due."""
    row = connection.execute(
        "SELECT 1 AS found FROM look WHERE act = :act AND subject = :subject LIMIT 1",
        {"act": act, "subject": subject},
    ).fetchone()
    return row is not None


def look(
    connection: Connection, act: str, subject: str, *, at: datetime, steady: SteadyTime
) -> timedelta:
    """For how long the act has been seen to be due, now included.

    Both clocks must say so: the one on the wall may jump, and the steady one stands while the machine is off. Of
    several machines each adds what has passed since its own last look to what is known by all to have passed.
    """
    rows = connection.execute(
        "SELECT first_seen, boot, steady, watched FROM look WHERE act = :act AND subject = :subject",
        {"act": act, "subject": subject},
    ).fetchall()
    first, watched = at, 0.0
    begun = [datetime.fromisoformat(row["first_seen"]) for row in rows]
    if begun and max(begun) <= at:
        first = min(begun)
        watched = max(
            row["watched"]
            + (max(0.0, steady.seconds - row["steady"]) if row["boot"] == steady.boot else 0.0)
            for row in rows
        )
    elif begun:
        forget(connection, act, subject)
    connection.execute(
        """
        INSERT INTO look (act, subject, first_seen, boot, steady, watched)
        VALUES (:act, :subject, :first, :boot, :steady, :watched)
        ON CONFLICT (act, subject, boot) DO UPDATE
        SET first_seen = excluded.first_seen, steady = excluded.steady, watched = excluded.watched
        """,
        {
            "act": act,
            "subject": subject,
            "first": first.isoformat(),
            "boot": steady.boot,
            "steady": steady.seconds,
            "watched": watched,
        },
    )
    return min(timedelta(seconds=watched), at - first)


def forget(connection: Connection, act: str, subject: str) -> None:
    """The act is not due, or done."""
    connection.execute(
        "DELETE FROM look WHERE act = :act AND subject = :subject",
        {"act": act, "subject": subject},
    )


def forget_all(connection: Connection) -> None:
    """Nothing is known to have been due: a restored database must not act on what its past has seen."""
    connection.execute("DELETE FROM look")
