"""How far the mails are: counts, pauses, what stopped them, and sending again what failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import inviting, mail_standing, sending
from survey.model.invitation import Campaign, Delivery
from survey.web.organiser.sending.words import CAMPAIGN_NAMES, CAMPAIGNS, named, word_for
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from survey.mail_standing import CampaignStatus
    from survey.web.workplace.desk import Desk

_WAITING = (Delivery.QUEUED, Delivery.LEASED, Delivery.DEFERRED, Delivery.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one kind of mail is."""

    word: str
    """In addresses; empty for requested links, which nobody starts or stops."""
    name: str
    sent: int
    waiting: int
    later: int
    """Of those waiting: tried, and tried again later."""
    failed: int
    of: int
    is_rounded: bool
    is_paused: bool
    paused_because: str
    """``person``, ``failures`` or ``policy``."""


def show_standing(desk: Desk) -> Response:
    """Each kind of mail with its progress."""
    record = desk.edition()
    campaigns = mail_standing.sending_status(desk.inst, record.name).campaigns
    found = [_standing(desk, campaign) for campaign in campaigns]
    return desk.draw(
        "workplace/sending/standing.html",
        edition=record,
        standings=found,
        is_running=any(one.waiting and not one.is_paused for one in found),
        is_relay_away=sending.is_relay_away(desk.inst),
        has_addresses=record.addresses_deleted is None,
        bounces=edition_address(record, "teilnehmende"),
        here=edition_address(record, "versand", "stand"),
        back=edition_address(record, "versand"),
    )


def pause(desk: Desk) -> Response:
    """No more mails of that kind leave for now."""
    record = desk.edition()
    campaign = named(CAMPAIGNS, desk.part("campaign"))
    mail_standing.pause_sending(desk.inst, record.name, campaign)
    say = desk.words.gettext
    return desk.go(
        edition_address(record, "versand", "stand"),
        notice=say("Angehalten. Was noch nicht hinaus ist, wartet."),
    )


def resume(desk: Desk) -> Response:
    """What waits goes on."""
    record = desk.edition()
    mail_standing.resume_sending(desk.inst, record.name)
    say = desk.words.gettext
    return desk.go(
        edition_address(record, "versand", "stand"), notice=say("Der Versand geht weiter.")
    )


def send_again(desk: Desk) -> Response:
    """What failed is tried once more."""
    record = desk.edition()
    campaign = named(CAMPAIGNS, desk.part("campaign"))
    inviting.send_failed_again(desk.inst, record.name, campaign)
    say = desk.words.gettext
    return desk.go(
        edition_address(record, "versand", "stand"),
        notice=say(
            "Fehlgeschlagene Mails werden noch einmal versucht. Adressen, die es nicht gibt, bekommen keine."
        ),
    )


def _standing(desk: Desk, campaign: CampaignStatus) -> Standing:
    counts: Mapping[Delivery, int] = campaign.counts
    waiting = sum(counts.get(state, 0) for state in _WAITING)
    sent, failed = counts.get(Delivery.HANDED_OVER, 0), counts.get(Delivery.FAILED, 0)
    because = campaign.paused_because
    return Standing(
        word="" if campaign.kind is Campaign.LINK_REQUEST else word_for(CAMPAIGNS, campaign.kind),
        name=desk.words.gettext(CAMPAIGN_NAMES[campaign.kind]),
        sent=sent,
        waiting=waiting,
        later=counts.get(Delivery.DEFERRED, 0) + counts.get(Delivery.UNKNOWN, 0),
        failed=failed,
        of=sent + waiting + failed,
        is_rounded=campaign.is_rounded,
        is_paused=campaign.is_paused,
        paused_because=because if because in {"", "person", "failures"} else "policy",
    )
