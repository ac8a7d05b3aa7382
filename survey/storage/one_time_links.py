"""Links that open one thing once, known by the hash of their secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.model.workplace import OneTimePurpose
    from survey.storage.connection import Connection


def insert(
    connection: Connection,
    *,
    hashed: str,
    purpose: OneTimePurpose,
    subject: str,
    ends: datetime,
) -> None:
    """Keep a fresh link."""
    connection.execute(
        """
        INSERT INTO one_time_link (hash, purpose, subject, ends)
        VALUES (:hash, :purpose, :subject, :ends)
        """,
        {
            "hash": hashed,
            "purpose": purpose.value,
            "subject": subject,
            "ends": moment_to_text(ends),
        },
    )


def subject_of(
    connection: Connection, hashed: str, *, purpose: OneTimePurpose, at: datetime
) -> str | None:
    """Whom or what the link is for; None if it was used, has ended, or never was."""
    row = connection.execute(
        """
        SELECT subject FROM one_time_link
        WHERE hash = :hash AND purpose = :purpose AND ends > :at
        """,
        {"hash": hashed, "purpose": purpose.value, "at": moment_to_text(at)},
    ).fetchone()
    return None if row is None else str(row["subject"])


def use(connection: Connection, hashed: str) -> bool:
    """The link is spent; True for exactly one of those who try."""
    spent = connection.execute("DELETE FROM one_time_link WHERE hash = :hash", {"hash": hashed})
    return bool(spent.rowcount == 1)


def end_all(connection: Connection, subject: str, *, purpose: OneTimePurpose) -> None:
    """Every link of that purpose for that subject is spent."""
    connection.execute(
        "DELETE FROM one_time_link WHERE purpose = :purpose AND subject = :subject",
        {"purpose": purpose.value, "subject": subject},
    )


def delete_ended(connection: Connection, *, by: datetime) -> None:
    """Links that ended by then are gone."""
    connection.execute("DELETE FROM one_time_link WHERE ends <= :by", {"by": moment_to_text(by)})
