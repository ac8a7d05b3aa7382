"""Mails that came back: found by what their envelope says, marked, counted; no time is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.invitation import Campaign, Delivery

if TYPE_CHECKING:
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail of the outbox, as a report about it finds it."""

    edition: str
    participant: str
    campaign: Campaign
    message_id: str
    state: Delivery
    address: str


@dataclass(frozen=True, slots=True)
class FailedMail:
    """One mail that did not arrive."""

    participant: str
    campaign: Campaign
    reason: str


def find_mail(connection: Connection, edition: str, *, begins: str) -> SentMail | None:
    """The mail of that edition whose Message-ID begins so; a mail that was sent anew since has another."""
    row = connection.execute(
        """
        SELECT o.edition, o.participant, o.campaign, o.message_id, o.state, p.address
        FROM outbox o JOIN participant p ON p.edition = o.edition AND p.id = o.participant
        WHERE o.edition = :edition AND substr(o.message_id, 1, :length) = :begins
        """,
        {"edition": edition, "begins": f"<{begins}", "length": len(begins) + 1},
    ).fetchone()
    if row is None:
        return None
    return SentMail(
        row["edition"],
        row["participant"],
        Campaign(row["campaign"]),
        row["message_id"],
        Delivery(row["state"]),
        row["address"],
    )


def mark_failed(connection: Connection, mail: SentMail, *, reason: str) -> bool:
    """The mail did not arrive; False if it has been sent anew, failed or cancelled since."""
    changed = connection.execute(
        """
        UPDATE outbox SET state = 'failed', reason = :reason, not_before = NULL
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND message_id = :message_id AND state IN ('handed_over', 'unknown')
        """,
        {
            "edition": mail.edition,
            "participant": mail.participant,
            "campaign": mail.campaign.value,
            "message_id": mail.message_id,
            "reason": reason,
        },
    )
    return bool(changed.rowcount == 1)


def count_soft(connection: Connection, mail: SentMail, *, reason: str) -> int:
    """How often mails of that kind to that person were given up for now, this time included."""
    row = connection.execute(
        """
        INSERT INTO soft_bounce (edition, participant, campaign, n, reason)
        VALUES (:edition, :participant, :campaign, 1, :reason)
        ON CONFLICT (edition, participant, campaign)
        DO UPDATE SET n = soft_bounce.n + 1, reason = excluded.reason
        RETURNING n
        """,
        {
            "edition": mail.edition,
            "participant": mail.participant,
            "campaign": mail.campaign.value,
            "reason": reason,
        },
    ).fetchone()
    return int(row["n"])


def forget_soft(connection: Connection, edition: str, participant: str) -> None:
    """What came back for now is forgotten: the address was put right, or is tried anew."""
    connection.execute(
        "DELETE FROM soft_bounce WHERE edition = :edition AND participant = :participant",
        {"edition": edition, "participant": participant},
    )


def failed_mails(connection: Connection, edition: str) -> tuple[FailedMail, ...]:
    """Every mail of the edition that did not arrive."""
    rows = connection.execute(
        """
        SELECT participant, campaign, reason FROM outbox
        WHERE edition = :edition AND state = 'failed' ORDER BY participant, campaign
        """,
        {"edition": edition},
    ).fetchall()
    return tuple(
        FailedMail(row["participant"], Campaign(row["campaign"]), row["reason"]) for row in rows
    )
