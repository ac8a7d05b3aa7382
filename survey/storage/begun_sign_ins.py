"""Browsers that have proved one of two factors, known by the hash of their secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection

FirstFactor = Literal["password", "mail"]


@dataclass(frozen=True, slots=True)
class BegunSignIn:
    """One of them."""

    hash: str
    account: str
    proven: FirstFactor
    misses: int


def insert(
    connection: Connection, *, hashed: str, account: str, proven: FirstFactor, at: datetime
) -> None:
    """Keep a fresh one."""
    connection.execute(
        """
        INSERT INTO begun_sign_in (hash, account, proven, began)
        VALUES (:hash, :account, :proven, :at)
        """,
        {"hash": hashed, "account": account, "proven": proven, "at": moment_to_text(at)},
    )


def find(connection: Connection, hashed: str, *, since: datetime) -> BegunSignIn | None:
    """The one with that hash, if it began no earlier than that."""
    row = connection.execute(
        """
        SELECT hash, account, proven, misses FROM begun_sign_in
        WHERE hash = :hash AND began >= :since
        """,
        {"hash": hashed, "since": moment_to_text(since)},
    ).fetchone()
    if row is None:
        return None
    return BegunSignIn(row["hash"], row["account"], row["proven"], row["misses"])


def miss(connection: Connection, hashed: str) -> None:
    """A second factor was wrong."""
    connection.execute(
        "UPDATE begun_sign_in SET misses = misses + 1 WHERE hash = :hash", {"hash": hashed}
    )


def end(connection: Connection, hashed: str) -> bool:
    """It is over; True for exactly one of those who try."""
    ended = connection.execute("DELETE FROM begun_sign_in WHERE hash = :hash", {"hash": hashed})
    return bool(ended.rowcount == 1)


def end_all(connection: Connection, account: str) -> None:
    """All of the person's are over."""
    connection.execute("DELETE FROM begun_sign_in WHERE account = :account", {"account": account})


def delete_older(connection: Connection, *, than: datetime) -> None:
    """Those that began before that moment are gone."""
    connection.execute(
        "DELETE FROM begun_sign_in WHERE began < :than", {"than": moment_to_text(than)}
    )
