"""Schedules: the moments somebody has chosen for an edition's mails, and whether the mails may leave by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.schedule import Act
from survey.storage.moments import moment_to_text, text_to_moment

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Plan:
    """What was decided about the mails of an edition."""

    released: datetime | None = None
    without_mail_check: datetime | None = None
    """Since when somebody answers for sending without a mail check that passed."""


def chosen(connection: Connection, edition: str) -> dict[Act, datetime | None]:
    """The moments that were chosen; None for an act that was switched off."""
    rows = connection.execute(
        "SELECT act, due FROM due_act WHERE edition = :edition ORDER BY act", {"edition": edition}
    )
    return {Act(row["act"]): text_to_moment(row["due"]) for row in rows}


def choose(connection: Connection, edition: str, *, act: Act, due: datetime | None) -> None:
    """The act has this moment, or does not happen."""
    connection.execute(
        """
        INSERT INTO due_act (edition, act, due) VALUES (:edition, :act, :due)
        ON CONFLICT (edition, act) DO UPDATE SET due = excluded.due
        """,
        {
            "edition": edition,
            "act": act.value,
            "due": None if due is None else moment_to_text(due),
        },
    )


def plan(connection: Connection, edition: str) -> Plan:
    """What was decided; nothing yet if there is no row."""
    row = connection.execute(
        "SELECT released, without_mail_check FROM sending_plan WHERE edition = :edition",
        {"edition": edition},
    ).fetchone()
    if row is None:
        return Plan()
    return Plan(text_to_moment(row["released"]), text_to_moment(row["without_mail_check"]))


def released(connection: Connection) -> tuple[str, ...]:
    """Ids of the editions whose mails leave by themselves and still have addresses."""
    rows = connection.execute(
        """
        SELECT edition.id
        FROM sending_plan JOIN edition ON edition.id = sending_plan.edition
        WHERE sending_plan.released IS NOT NULL AND edition.addresses_deleted IS NULL
        ORDER BY edition.id
        """
    ).fetchall()
    return tuple(row["id"] for row in rows)


def release(connection: Connection, edition: str, *, at: datetime) -> None:
    """From now on the mails leave by themselves."""
    connection.execute(
        """
        INSERT INTO sending_plan (edition, released) VALUES (:edition, :at)
        ON CONFLICT (edition) DO UPDATE SET released = excluded.released
        """,
        {"edition": edition, "at": moment_to_text(at)},
    )


def withdraw(connection: Connection, edition: str) -> None:
    """From now on no mail leaves by itself."""
    connection.execute(
        "UPDATE sending_plan SET released = NULL WHERE edition = :edition", {"edition": edition}
    )


def withdraw_all(connection: Connection) -> None:
    """No mail leaves by itself: a restored database does not know which ones have left since."""
    connection.execute("UPDATE sending_plan SET released = NULL")


def answer_for_mail_check(connection: Connection, edition: str, *, at: datetime) -> None:
    """Somebody answers for sending without a mail check that passed."""
    connection.execute(
        """
        INSERT INTO sending_plan (edition, without_mail_check) VALUES (:edition, :at)
        ON CONFLICT (edition) DO UPDATE SET without_mail_check = excluded.without_mail_check
        """,
        {"edition": edition, "at": moment_to_text(at)},
    )
