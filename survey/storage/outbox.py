"""The outbox: one row per person and campaign, claimed by conditional UPDATE; never a link or a secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from survey.errors import StorageUnavailable
from survey.model.invitation import Campaign, Delivery

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from survey.language.wording import Language
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class DueMail:
    """One mail of the outbox with what decides whether its person gets it."""

    edition: str
    participant: str
    campaign: Campaign
    state: Delivery
    attempts: int
    message_id: str
    reason: str
    address: str
    name: str
    language: Language
    has_answered: bool
    is_no_show: bool
    has_opted_out: bool
    is_withdrawn: bool
    invitation: Delivery | None
    """Where the person's invitation stands."""

    @property
    def key(self) -> dict[str, object]:
        """Its place in the outbox."""
        return {
            "edition": self.edition,
            "participant": self.participant,
            "campaign": self.campaign.value,
        }


def put(connection: Connection, mails: Iterable[Mapping[str, object]]) -> None:
    """Mails (edition, participant, campaign, message_id) are queued; who has one of that campaign keeps it."""
    connection.executemany(
        """
        INSERT INTO outbox (edition, participant, campaign, state, message_id)
        VALUES (:edition, :participant, :campaign, 'queued', :message_id)
        ON CONFLICT (edition, participant, campaign) DO NOTHING
        """,
        mails,
    )


def put_again(
    connection: Connection, edition: str, *, participant: str, campaign: Campaign, message_id: str
) -> None:
    """A mail that was sent, failed or cancelled is queued as a new one, under a new Message-ID."""
    connection.execute(
        """
        UPDATE outbox
        SET state = 'queued', attempts = 0, not_before = NULL, reason = '', message_id = :message_id
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state IN ('handed_over', 'failed', 'cancelled')
        """,
        {
            "edition": edition,
            "participant": participant,
            "campaign": campaign.value,
            "message_id": message_id,
        },
    )


def states(connection: Connection, edition: str, campaign: Campaign) -> dict[str, Delivery]:
    """Where each person's mail of that campaign stands."""
    rows = connection.execute(
        """
        SELECT participant, state FROM outbox WHERE edition = :edition AND campaign = :campaign
        """,
        {"edition": edition, "campaign": campaign.value},
    )
    return {row["participant"]: Delivery(row["state"]) for row in rows}


def message_ids(
    connection: Connection, edition: str, participant: str
) -> tuple[tuple[Campaign, str], ...]:
    """The Message-ID of each of a person's mails."""
    rows = connection.execute(
        """
        SELECT campaign, message_id FROM outbox
        WHERE edition = :edition AND participant = :participant ORDER BY campaign
        """,
        {"edition": edition, "participant": participant},
    )
    return tuple((Campaign(row["campaign"]), row["message_id"]) for row in rows)


def counts(connection: Connection, edition: str) -> dict[tuple[Campaign, Delivery], int]:
    """How many mails of each campaign stand in each state."""
    rows = connection.execute(
        """
        SELECT campaign, state, COUNT(*) AS n FROM outbox
        WHERE edition = :edition GROUP BY campaign, state
        """,
        {"edition": edition},
    )
    return {(Campaign(row["campaign"]), Delivery(row["state"])): row["n"] for row in rows}


def leased(connection: Connection) -> tuple[DueMail, ...]:
    """Mails that somebody has claimed."""
    rows = connection.execute(
        """
        SELECT o.edition, o.participant, o.campaign, o.state, o.attempts, o.message_id, o.reason,
               p.address, p.name, p.language, p.has_answered, p.is_no_show, p.has_opted_out,
               p.is_withdrawn, i.state AS invitation
        FROM outbox o
        JOIN participant p ON p.edition = o.edition AND p.id = o.participant
        LEFT JOIN outbox i ON i.edition = o.edition AND i.participant = o.participant
                          AND i.campaign = 'invitation'
        WHERE o.state = 'leased'
        """
    )
    return tuple(_due_mail(row) for row in rows)


LONGEST_WAIT = timedelta(hours=2)
"""No mail is put off for longer: one that seems to be was put off by a clock that ran ahead, and is due."""


def due(connection: Connection, now: datetime, *, most: int) -> tuple[DueMail, ...]:
    """Mails that may be tried now, requested links first, then those tried before; none of a paused campaign."""
    # Of those never tried, which may be ten thousand, the index gives the first few in their order.
    rows = connection.execute(
        """
        SELECT o.edition, o.participant, o.campaign, o.state, o.attempts, o.message_id, o.reason,
               p.address, p.name, p.language, p.has_answered, p.is_no_show, p.has_opted_out,
               p.is_withdrawn, i.state AS invitation
        FROM (
            SELECT edition, participant, campaign FROM outbox
            WHERE state IN ('deferred', 'unknown') AND not_before IS NULL
              AND (edition, campaign) NOT IN (SELECT edition, kind FROM campaign WHERE is_paused = 1)
            UNION
            SELECT edition, participant, campaign FROM outbox
            WHERE state IN ('queued', 'deferred', 'unknown') AND not_before <= :now
              AND (edition, campaign) NOT IN (SELECT edition, kind FROM campaign WHERE is_paused = 1)
            UNION
            SELECT edition, participant, campaign FROM outbox
            WHERE state IN ('queued', 'deferred', 'unknown') AND not_before > :beyond
              AND (edition, campaign) NOT IN (SELECT edition, kind FROM campaign WHERE is_paused = 1)
            UNION
            SELECT edition, participant, campaign FROM outbox
            WHERE state = 'queued' AND not_before IS NULL AND campaign = 'link_request'
              AND (edition, campaign) NOT IN (SELECT edition, kind FROM campaign WHERE is_paused = 1)
            UNION
            SELECT edition, participant, campaign FROM (
                SELECT edition, participant, campaign FROM outbox
                WHERE state = 'queued' AND not_before IS NULL
                  AND (edition, campaign) NOT IN (SELECT edition, kind FROM campaign WHERE is_paused = 1)
                ORDER BY edition, participant
                LIMIT :most
            ) first_in_line
        ) d
        JOIN outbox o ON o.edition = d.edition AND o.participant = d.participant
                     AND o.campaign = d.campaign
        JOIN participant p ON p.edition = o.edition AND p.id = o.participant
        LEFT JOIN outbox i ON i.edition = o.edition AND i.participant = o.participant
                          AND i.campaign = 'invitation'
        ORDER BY CASE o.campaign WHEN 'link_request' THEN 0 ELSE 1 END,
                 CASE o.state WHEN 'queued' THEN 1 ELSE 0 END, o.edition, o.participant
        LIMIT :most
        """,
        {"now": now.isoformat(), "beyond": (now + LONGEST_WAIT).isoformat(), "most": most},
    )
    return tuple(_due_mail(row) for row in rows)


def has_handed_over(
    connection: Connection, edition: str, *, campaign: Campaign, mails: int
) -> bool:
    """True if so many mails of the campaign have left."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS n FROM (
            SELECT participant FROM outbox
            WHERE state = 'handed_over' AND not_before IS NULL
              AND edition = :edition AND campaign = :campaign
            LIMIT :mails
        ) few
        """,
        {"edition": edition, "campaign": campaign.value, "mails": mails},
    ).fetchone()
    return bool(row["n"] >= mails)


def count_due(connection: Connection, now: datetime) -> int:
    """How many mails may be tried now."""
    row = connection.execute(
        """
        SELECT COUNT(*) AS n
        FROM outbox
        WHERE state IN ('queued', 'deferred', 'unknown')
          AND (not_before IS NULL OR not_before <= :now OR not_before > :beyond)
          AND (edition, campaign) NOT IN (SELECT edition, kind FROM campaign WHERE is_paused = 1)
        """,
        {"now": now.isoformat(), "beyond": (now + LONGEST_WAIT).isoformat()},
    ).fetchone()
    return int(row["n"])


def lease(connection: Connection, mails: Sequence[DueMail]) -> None:
    """These mails are ours to send; StorageUnavailable if one of them no longer stands where it was seen."""
    taken = connection.executemany(
        """
        UPDATE outbox SET state = 'leased', attempts = attempts + 1
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state = :was
        """,
        ({**mail.key, "was": mail.state.value} for mail in mails),
    )
    if mails and taken.rowcount != len(mails):
        raise StorageUnavailable("somebody else has claimed a mail")


def put_off(connection: Connection, mail: DueMail, *, until: datetime) -> None:
    """The mail is not tried before that moment, and that is no attempt."""
    connection.execute(
        """
        UPDATE outbox SET not_before = :until
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state = :was
        """,
        {**mail.key, "was": mail.state.value, "until": until.isoformat()},
    )


def put_off_untried(
    connection: Connection, edition: str, *, campaign: Campaign, until: datetime
) -> None:
    """Mails of the campaign that were never tried wait at least so long."""
    connection.execute(
        """
        UPDATE outbox SET not_before = :until
        WHERE edition = :edition AND campaign = :campaign AND state = 'queued'
          AND (not_before IS NULL OR not_before < :until)
        """,
        {"edition": edition, "campaign": campaign.value, "until": until.isoformat()},
    )


def settle(
    connection: Connection,
    mail: DueMail,
    *,
    state: Delivery,
    reason: str = "",
    not_before: datetime | None = None,
) -> None:
    """What became of a leased mail is written down."""
    connection.execute(
        """
        UPDATE outbox SET state = :state, reason = :reason, not_before = :not_before
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state = 'leased'
        """,
        {
            **mail.key,
            "state": state.value,
            "reason": reason,
            "not_before": None if not_before is None else not_before.isoformat(),
        },
    )


def settle_handed_over(connection: Connection, mails: Iterable[tuple[DueMail, str]]) -> None:
    """These leased mails have left, and what the relay said."""
    connection.executemany(
        """
        UPDATE outbox SET state = 'handed_over', reason = :reason, not_before = NULL
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state = 'leased'
        """,
        ({**mail.key, "reason": reason} for mail, reason in mails),
    )


def cancel(connection: Connection, mail: DueMail, *, reason: str) -> None:
    """A mail its person must not get is taken out, and why."""
    connection.execute(
        """
        UPDATE outbox SET state = 'cancelled', reason = :reason, not_before = NULL
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state = :was
        """,
        {**mail.key, "was": mail.state.value, "reason": reason},
    )


def release(connection: Connection, mail: DueMail) -> None:
    """A leased mail that was not tried goes back to where it stood."""
    connection.execute(
        """
        UPDATE outbox SET state = :was, attempts = :attempts
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state = 'leased'
        """,
        {**mail.key, "was": mail.state.value, "attempts": mail.attempts},
    )


def recover(connection: Connection) -> int:
    """How many mails a dead sender left leased: nobody knows whether they left, so they are sent again."""
    found = connection.execute(
        """
        UPDATE outbox SET state = 'unknown', not_before = NULL WHERE state = 'leased'
        """
    )
    return int(found.rowcount)


def forget(connection: Connection, edition: str, *, participant: str, campaign: Campaign) -> None:
    """A mail that never arrived is forgotten: with a corrected address the person can get one."""
    connection.execute(
        """
        DELETE FROM outbox
        WHERE edition = :edition AND participant = :participant AND campaign = :campaign
          AND state IN ('failed', 'cancelled')
        """,
        {"edition": edition, "participant": participant, "campaign": campaign.value},
    )


def _due_mail(row: Mapping[str, object]) -> DueMail:
    invitation = row["invitation"]
    return DueMail(
        edition=str(row["edition"]),
        participant=str(row["participant"]),
        campaign=Campaign(str(row["campaign"])),
        state=Delivery(str(row["state"])),
        attempts=cast("int", row["attempts"]),
        message_id=str(row["message_id"]),
        reason=str(row["reason"]),
        address=str(row["address"]),
        name=str(row["name"]),
        language=cast("Language", row["language"]),
        has_answered=bool(row["has_answered"]),
        is_no_show=bool(row["is_no_show"]),
        has_opted_out=bool(row["has_opted_out"]),
        is_withdrawn=bool(row["is_withdrawn"]),
        invitation=None if invitation is None else Delivery(str(invitation)),
    )
