from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from survey.mail.selection import Skip, why_skip
from survey.model.event import EditionRecord
from survey.model.invitation import Campaign, Delivery
from survey.storage.outbox import DueMail
from tests.events import DEADLINE, congress
from tests.people import START

OPEN = START + timedelta(days=3)
CLOSED = DEADLINE + timedelta(hours=1)
RECORD = EditionRecord(
    id="0" * 16,
    edition=congress(),
    revision=1,
    public_key=b"",
    opens=START,
    closes=DEADLINE,
    size_class="large",
)
MAIL = DueMail(
    edition=RECORD.id,
    participant="p1",
    campaign=Campaign.REMINDER_1,
    state=Delivery.QUEUED,
    attempts=0,
    message_id="<1@example.org>",
    reason="",
    address="anna@example.org",
    name="Anna",
    language="de",
    has_answered=False,
    is_no_show=False,
    has_opted_out=False,
    is_withdrawn=False,
    invitation=Delivery.HANDED_OVER,
)
ASKING = [
    Campaign.INVITATION,
    Campaign.REMINDER_1,
    Campaign.REMINDER_2,
    Campaign.LINK_REQUEST,
]
REMINDERS = [Campaign.REMINDER_1, Campaign.REMINDER_2]


def _moment(campaign: Campaign) -> Any:
    return CLOSED if campaign in {Campaign.THANKS, Campaign.RESULTS} else OPEN


@pytest.mark.parametrize("campaign", list(Campaign))
def test_person_nothing_speaks_against_gets_every_mail(campaign: Campaign) -> None:
    skip = why_skip(replace(MAIL, campaign=campaign), RECORD, _moment(campaign), suppressed=None)

    assert skip is None


@pytest.mark.parametrize("campaign", list(Campaign))
@pytest.mark.parametrize(
    ("change", "suppressed", "expected"),
    [
        ({"is_withdrawn": True}, None, Skip.WITHDRAWN),
        ({"is_withdrawn": True, "has_answered": True}, None, Skip.WITHDRAWN),
        ({"is_no_show": True}, None, Skip.NO_SHOW),
        ({}, "bounce", Skip.BOUNCED),
    ],
)
def test_no_campaign_reaches_whom_no_mail_must_reach(
    campaign: Campaign, change: dict[str, Any], suppressed: Any, expected: Skip
) -> None:
    mail = replace(MAIL, campaign=campaign, **change)

    skip = why_skip(mail, RECORD, _moment(campaign), suppressed=suppressed)

    assert skip is expected


@pytest.mark.parametrize("campaign", list(Campaign))
@pytest.mark.parametrize("size_class", ["small", "large"])
def test_nothing_goes_to_those_who_did_not_come_whether_they_answered_or_not(
    campaign: Campaign, size_class: Any
) -> None:
    mail = replace(MAIL, campaign=campaign, is_no_show=True, has_answered=True)
    record = replace(RECORD, size_class=size_class)

    skip = why_skip(mail, record, _moment(campaign), suppressed=None)

    assert skip is Skip.NO_SHOW


@pytest.mark.parametrize("campaign", list(Campaign))
@pytest.mark.parametrize(
    ("change", "suppressed"), [({"has_opted_out": True}, None), ({}, "opt_out")]
)
def test_who_has_opted_out_gets_only_the_link_asked_for(
    campaign: Campaign, change: dict[str, Any], suppressed: Any
) -> None:
    mail = replace(MAIL, campaign=campaign, **change)

    skip = why_skip(mail, RECORD, _moment(campaign), suppressed=suppressed)

    assert skip is (None if campaign is Campaign.LINK_REQUEST else Skip.OPTED_OUT)


@pytest.mark.parametrize("size_class", ["small", "large"])
@pytest.mark.parametrize("campaign", REMINDERS)
@pytest.mark.proves("U39")
def test_who_has_answered_is_reminded_in_small_editions_only(
    campaign: Campaign, size_class: Any
) -> None:
    mail = replace(MAIL, campaign=campaign, has_answered=True)

    skip = why_skip(mail, replace(RECORD, size_class=size_class), OPEN, suppressed=None)

    assert skip is (None if size_class == "small" else Skip.ANSWERED)


@pytest.mark.parametrize("campaign", REMINDERS)
@pytest.mark.parametrize(
    "invitation", [d for d in Delivery if d is not Delivery.HANDED_OVER] + [None]
)
def test_only_whose_invitation_arrived_is_reminded(
    campaign: Campaign, invitation: Delivery | None
) -> None:
    mail = replace(MAIL, campaign=campaign, invitation=invitation)

    assert why_skip(mail, RECORD, OPEN, suppressed=None) is Skip.NOT_INVITED


@pytest.mark.parametrize(
    ("before_close", "expected"),
    [
        (timedelta(hours=1), None),
        (timedelta(hours=1) - timedelta(seconds=1), Skip.TOO_LATE),
        (timedelta(seconds=1), Skip.TOO_LATE),
        (timedelta(0), Skip.NOT_OPEN),
    ],
)
def test_nobody_is_reminded_in_the_last_hour(
    before_close: timedelta, expected: Skip | None
) -> None:
    assert why_skip(MAIL, RECORD, DEADLINE - before_close, suppressed=None) is expected


@pytest.mark.parametrize("campaign", ASKING)
@pytest.mark.parametrize("moment", [DEADLINE, CLOSED])
def test_nobody_is_asked_while_the_form_takes_no_answers(campaign: Campaign, moment: Any) -> None:
    mail = replace(MAIL, campaign=campaign)

    assert why_skip(mail, RECORD, moment, suppressed=None) is Skip.NOT_OPEN


@pytest.mark.proves("U39")
def test_nobody_is_thanked_before_the_end() -> None:
    mail = replace(MAIL, campaign=Campaign.THANKS)

    assert why_skip(mail, RECORD, OPEN, suppressed=None) is Skip.STILL_OPEN


@pytest.mark.proves("U39")
def test_everybody_is_thanked_answered_or_not_counted_or_not() -> None:
    mails = [replace(MAIL, campaign=Campaign.THANKS, has_answered=a) for a in (True, False)]
    records = [RECORD, replace(RECORD, counted=CLOSED)]

    skips = {why_skip(m, r, CLOSED, suppressed=None) for m in mails for r in records}

    assert skips == {None}
