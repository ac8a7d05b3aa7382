"""Use case: how far the mails of an edition have come; a kind of mail is held, and goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.mail.selection import REMINDERS
from survey.model.invitation import Campaign
from survey.statistics.disclosure import announced_responses
from survey.storage import campaigns, deeds, editions, outbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.invitation import Delivery
    from survey.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class CampaignStatus:
    """How far one kind of mail has come."""

    kind: Campaign
    started: datetime | None
    """None for requested links, which nobody starts."""
    is_paused: bool
    counts: Mapping[Delivery, int]
    is_rounded: bool
    """True where exact numbers would tell how many have answered."""
    paused_because: str = ""
    """``person``, ``failures``, or the relay's codes."""


@dataclass(frozen=True, slots=True)
class SendingStatus:
    """How far the mails of an edition have come."""

    campaigns: tuple[CampaignStatus, ...]


def pause_sending(inst: Installation, name: str, kind: Campaign) -> bool:
    """No more mails of that kind leave until somebody resumes; False if none were leaving."""

    def work(connection: Connection) -> bool:
        record = editions.require(connection, name)
        is_paused = campaigns.pause(connection, record.id, kind=kind, because="person")
        if is_paused:
            deeds.write_deed(
                connection,
                "sending paused",
                at=inst.clock(),
                edition=record.id,
                facts={"campaign": kind.value},
            )
        return is_paused

    return inst.database.write(work)


def resume_sending(inst: Installation, name: str) -> int:
    """How many campaigns that had stopped themselves go on."""

    def work(connection: Connection) -> int:
        record = editions.require(connection, name)
        resumed = campaigns.resume(connection, record.id)
        deeds.write_deed(
            connection,
            "sending resumed",
            at=inst.clock(),
            edition=record.id,
            facts={"campaigns": resumed},
        )
        return resumed

    return inst.database.write(work)


def sending_status(inst: Installation, name: str) -> SendingStatus:
    """How many mails of each kind stand where.

    How many reminders left says who had answered: it is rounded until the count, exact only where everybody gets one.
    After the count nothing is left of them.
    """
    connection = inst.database.read()
    record = editions.require(connection, name)
    counts = outbox.counts(connection, record.id)
    started = campaigns.of_edition(connection, record.id)
    found = []
    for kind in Campaign:
        if kind in REMINDERS and record.counted is not None:
            continue
        of_kind = {state: n for (campaign, state), n in counts.items() if campaign is kind}
        campaign = started.get(kind)
        if not of_kind and campaign is None:
            continue
        is_rounded = kind in REMINDERS and record.size_class != "small"
        if is_rounded:
            of_kind = {state: announced_responses(n) for state, n in of_kind.items()}
        found.append(
            CampaignStatus(
                kind,
                campaign.started if campaign else None,
                campaign.is_paused if campaign else False,
                of_kind,
                is_rounded,
                campaign.paused_because if campaign else "",
            )
        )
    return SendingStatus(tuple(found))
