"""Attempts that failed, counted under a keyed hash of whom they were about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Missed:
    """How many failed in a row, and when the last one did."""

    n: int
    last: datetime


def find(connection: Connection, about: str) -> Missed | None:
    """What failed there; None if nothing did."""
    row = connection.execute(
        "SELECT n, last FROM missed_attempt WHERE about = :about", {"about": about}
    ).fetchone()
    return None if row is None else Missed(row["n"], datetime.fromisoformat(row["last"]))


def add(connection: Connection, about: str, *, at: datetime) -> None:
    """One more failed."""
    connection.execute(
        """
        INSERT INTO missed_attempt (about, n, last) VALUES (:about, 1, :at)
        ON CONFLICT (about) DO UPDATE SET n = missed_attempt.n + 1, last = excluded.last
        """,
        {"about": about, "at": moment_to_text(at)},
    )


def forget(connection: Connection, about: str) -> None:
    """The next one succeeded."""
    connection.execute("DELETE FROM missed_attempt WHERE about = :about", {"about": about})


def delete_older(connection: Connection, *, than: datetime) -> None:
    """What failed last before that moment is forgotten."""
    connection.execute(
        "DELETE FROM missed_attempt WHERE last < :than", {"than": moment_to_text(than)}
    )
