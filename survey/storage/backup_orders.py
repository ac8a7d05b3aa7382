"""The backup that somebody has ordered, for the worker to find."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import Problem
from survey.model.workplace import Actor
from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class BackupOrder:
    """A backup that waits or has failed."""

    by: Actor
    trouble: Problem | None = None
    """Why the last attempt failed; then nothing is tried before somebody orders again."""


def order(connection: Connection, *, at: datetime) -> None:
    """Whoever acts wants a backup now; an earlier trouble is forgotten."""
    actor = connection.actor
    connection.execute(
        """
        INSERT INTO backup_order (id, ordered, account, organisation, trouble)
        VALUES (1, :at, :account, :organisation, '')
        ON CONFLICT (id) DO UPDATE SET
            ordered = excluded.ordered,
            account = excluded.account,
            organisation = excluded.organisation,
            trouble = ''
        """,
        {
            "at": moment_to_text(at),
            "account": actor.account,
            "organisation": actor.organisation,
        },
    )


def withdraw(connection: Connection) -> None:
    """Nobody waits for a backup any more."""
    connection.execute("DELETE FROM backup_order")


def fail(connection: Connection, why: Problem) -> None:
    """The backup was tried in vain."""
    text = json.dumps([why.key, dict(why.facts)], ensure_ascii=False)
    connection.execute("UPDATE backup_order SET trouble = :trouble", {"trouble": text})


def find(connection: Connection) -> BackupOrder | None:
    """The order there is."""
    row = connection.execute("SELECT account, organisation, trouble FROM backup_order").fetchone()
    if row is None:
        return None
    by = Actor(row["account"], row["organisation"])
    if not row["trouble"]:
        return BackupOrder(by)
    key, facts = json.loads(row["trouble"])
    return BackupOrder(by, Problem(key, tuple(facts.items())))
