"""Counts that somebody has ordered, for the worker to find."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import Problem
from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class CountOrder:
    """One count that waits or has failed."""

    trouble: Problem | None = None
    """Why the last attempt failed; then nothing is tried before somebody orders again."""


def order(connection: Connection, edition_id: str, *, at: datetime) -> None:
    """The edition is to be counted; an earlier trouble is forgotten."""
    connection.execute(
        """
        INSERT INTO count_order (edition, ordered, trouble) VALUES (:edition, :at, '')
        ON CONFLICT (edition) DO UPDATE SET trouble = ''
        """,
        {"edition": edition_id, "at": moment_to_text(at)},
    )


def withdraw(connection: Connection, edition_id: str) -> None:
    """The edition is not to be counted, or has been."""
    connection.execute("DELETE FROM count_order WHERE edition = :edition", {"edition": edition_id})


def fail(connection: Connection, edition_id: str, why: Problem) -> None:
    """The count was tried in vain."""
    connection.execute(
        "UPDATE count_order SET trouble = :trouble WHERE edition = :edition",
        {
            "trouble": json.dumps([why.key, dict(why.facts)], ensure_ascii=False),
            "edition": edition_id,
        },
    )


def of_edition(connection: Connection, edition_id: str) -> CountOrder | None:
    """The order for that edition."""
    row = connection.execute(
        "SELECT trouble FROM count_order WHERE edition = :edition", {"edition": edition_id}
    ).fetchone()
    if row is None:
        return None
    if not row["trouble"]:
        return CountOrder()
    key, facts = json.loads(row["trouble"])
    return CountOrder(Problem(key, tuple(facts.items())))


def waiting(connection: Connection) -> tuple[str, ...]:
    """Names of the editions to be counted now, in the order in which that was wished."""
    rows = connection.execute(
        """
        SELECT name FROM count_order JOIN edition ON edition.id = count_order.edition
        WHERE trouble = '' ORDER BY ordered, name
        """
    ).fetchall()
    return tuple(row["name"] for row in rows)
