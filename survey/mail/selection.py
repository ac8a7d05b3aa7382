"""Who gets a mail: decided when it is sent, in the transaction that leases it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from survey.model.event import EditionState
from survey.model.invitation import Campaign, Delivery
from survey.model.schedule import LAST_HOUR

if TYPE_CHECKING:
    from datetime import datetime

    from survey.model.event import EditionRecord
    from survey.storage.outbox import DueMail
    from survey.storage.suppressions import Cause

REMINDERS = frozenset({Campaign.REMINDER_1, Campaign.REMINDER_2})


class Skip(StrEnum):
    """Why a person does not get a mail."""

    WITHDRAWN = "withdrawn"
    NO_SHOW = "no_show"
    OPTED_OUT = "opted_out"
    BOUNCED = "bounced"
    NOT_OPEN = "not_open"
    STILL_OPEN = "still_open"
    ANSWERED = "answered"
    NOT_INVITED = "not_invited"
    TOO_LATE = "too_late"


def why_skip(
    mail: DueMail, record: EditionRecord, now: datetime, *, suppressed: Cause | None
) -> Skip | None:
    """Why the person does not get this mail now; None if they get it."""
    is_requested = mail.campaign is Campaign.LINK_REQUEST
    state = record.state(now)
    is_reminder = mail.campaign in REMINDERS
    is_thanks = mail.campaign in {Campaign.THANKS, Campaign.RESULTS}
    is_last_hour = record.closes is not None and now > record.closes - LAST_HOUR
    rules = (
        (mail.is_withdrawn, Skip.WITHDRAWN),
        # To nobody of them, answered or not, on request either: a mail that only some get, and the number of those
        # that left, would tell who answered.
        (mail.is_no_show, Skip.NO_SHOW),
        # A link that a person asks for is no mailing: who has opted out may still ask for one.
        (not is_requested and mail.has_opted_out, Skip.OPTED_OUT),
        (not is_requested and suppressed == "opt_out", Skip.OPTED_OUT),
        (suppressed == "bounce", Skip.BOUNCED),
        (not is_thanks and state is not EditionState.OPEN, Skip.NOT_OPEN),
        (is_thanks and state in {EditionState.PLANNED, EditionState.OPEN}, Skip.STILL_OPEN),
        (is_reminder and mail.invitation is not Delivery.HANDED_OVER, Skip.NOT_INVITED),
        (is_reminder and is_last_hour, Skip.TOO_LATE),
        # In a small edition a reminder, or its absence, would tell who answered: everybody gets it.
        (is_reminder and record.size_class != "small" and mail.has_answered, Skip.ANSWERED),
    )
    return next((skip for holds, skip in rules if holds), None)
