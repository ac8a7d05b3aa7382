"""Who somebody is at the house's own sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.storage.connection import Connection


def find(connection: Connection, issuer: str, *, subject: str) -> str | None:
    """The account that is pinned to that subject."""
    row = connection.execute(
        "SELECT account FROM house_subject WHERE issuer = :issuer AND subject = :subject",
        {"issuer": issuer, "subject": subject},
    ).fetchone()
    return None if row is None else str(row["account"])


def subject_of(connection: Connection, issuer: str, *, account: str) -> str | None:
    """The subject that the account is pinned to."""
    row = connection.execute(
        "SELECT subject FROM house_subject WHERE issuer = :issuer AND account = :account",
        {"issuer": issuer, "account": account},
    ).fetchone()
    return None if row is None else str(row["subject"])


def pin(connection: Connection, issuer: str, *, subject: str, account: str) -> None:
    """The account is that subject's from now on."""
    connection.execute(
        "INSERT INTO house_subject (issuer, subject, account) VALUES (:issuer, :subject, :account)",
        {"issuer": issuer, "subject": subject, "account": account},
    )


def is_pinned(connection: Connection, account: str) -> bool:
    """True if the account is some subject's."""
    row = connection.execute(
        "SELECT 1 AS found FROM house_subject WHERE account = :account", {"account": account}
    ).fetchone()
    return row is not None


def lift(connection: Connection, account: str) -> bool:
    """The account is nobody's there any more; True if it was."""
    done = connection.execute(
        "DELETE FROM house_subject WHERE account = :account", {"account": account}
    )
    return bool(done.rowcount)
