"""Mails to people who work with the service: queued in the transaction of the act, claimed by conditional UPDATE."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from survey.model.invitation import Delivery
from survey.model.workplace import OneTimePurpose
from survey.storage.moments import moment_to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.model.workplace import WorkLanguage
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMail:
    """One mail to a colleague, before it is written."""

    id: str
    organisation: str
    account: str
    """Empty where the address has no account yet."""
    address: str
    name: str
    language: WorkLanguage
    kind: str
    """Name of the folder of its templates."""
    facts: Mapping[str, str | int]
    opens: OneTimePurpose | None
    """What its one-time link opens; the link is made when the mail leaves."""
    opens_for: str
    queued: datetime
    attempts: int = 0
    state: Delivery = Delivery.QUEUED


def put(connection: Connection, mail: StaffMail) -> None:
    """Queue a mail."""
    connection.execute(
        """
        INSERT INTO staff_mail (id, organisation, account, address, name, language, kind, facts,
                                opens, opens_for, queued)
        VALUES (:id, :organisation, :account, :address, :name, :language, :kind, :facts,
                :opens, :opens_for, :queued)
        """,
        {
            "id": mail.id,
            "organisation": mail.organisation,
            "account": mail.account,
            "address": mail.address,
            "name": mail.name,
            "language": mail.language,
            "kind": mail.kind,
            "facts": json.dumps(dict(mail.facts), ensure_ascii=False, sort_keys=True),
            "opens": "" if mail.opens is None else mail.opens.value,
            "opens_for": mail.opens_for,
            "queued": moment_to_text(mail.queued),
        },
    )


def has_due(connection: Connection, now: datetime) -> bool:
    """True if a mail may be tried now, or was left by a sender that died."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS n FROM staff_mail
        WHERE state IN ('queued', 'leased', 'deferred', 'unknown')
          AND (not_before IS NULL OR not_before <= :now)
        """,
        {"now": moment_to_text(now)},
    ).fetchone()
    return bool(row["n"])


def recover(connection: Connection) -> None:
    """Of mails that a dead sender left nobody knows whether they left, so they are sent again."""
    connection.execute(
        "UPDATE staff_mail SET state = 'unknown', not_before = NULL WHERE state = 'leased'"
    )


def lease(connection: Connection, now: datetime, *, most: int) -> tuple[StaffMail, ...]:
    """The next mails, oldest first, claimed."""
    rows = connection.execute(
        """
        SELECT id, organisation, account, address, name, language, kind, facts, opens, opens_for,
               queued, attempts, state
        FROM staff_mail
        WHERE state IN ('queued', 'deferred', 'unknown')
          AND (not_before IS NULL OR not_before <= :now)
        ORDER BY queued, id
        LIMIT :most
        """,
        {"now": moment_to_text(now), "most": most},
    ).fetchall()
    mails = tuple(_staff_mail(row) for row in rows)
    for mail in mails:
        connection.execute(
            "UPDATE staff_mail SET state = 'leased', attempts = attempts + 1 WHERE id = :id",
            {"id": mail.id},
        )
    return mails


def settle(
    connection: Connection,
    mail: str,
    *,
    state: Delivery,
    reason: str,
    not_before: datetime | None,
) -> None:
    """What became of a leased mail is written down."""
    connection.execute(
        """
        UPDATE staff_mail SET state = :state, reason = :reason, not_before = :not_before
        WHERE id = :id AND state = 'leased'
        """,
        {
            "id": mail,
            "state": state.value,
            "reason": reason,
            "not_before": None if not_before is None else moment_to_text(not_before),
        },
    )


def delete_older(connection: Connection, *, than: datetime) -> None:
    """Mails that were queued before that moment are gone, sent or not."""
    connection.execute(
        "DELETE FROM staff_mail WHERE queued < :than", {"than": moment_to_text(than)}
    )


def count_undelivered(connection: Connection, organisation: str) -> int:
    """How many of the organisation's mails to colleagues failed for good."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS n FROM staff_mail
        WHERE organisation = :organisation AND state = 'failed'
        """,
        {"organisation": organisation},
    ).fetchone()
    return int(row["n"])


def _staff_mail(row: Any) -> StaffMail:  # noqa: ANN401 -- driver's row
    return StaffMail(
        id=row["id"],
        organisation=row["organisation"],
        account=row["account"],
        address=row["address"],
        name=row["name"],
        language=row["language"],
        kind=row["kind"],
        facts=json.loads(row["facts"]),
        opens=OneTimePurpose(row["opens"]) if row["opens"] else None,
        opens_for=row["opens_for"],
        queued=datetime.fromisoformat(row["queued"]),
        attempts=row["attempts"],
        state=Delivery(row["state"]),
    )
