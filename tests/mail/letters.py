"""Letters of the congress, with everything a mail can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from survey.language.wording import Wording
from survey.mail.compose import ComposedMail, Letter, compose
from survey.model.event import NextEdition
from survey.model.invitation import Campaign
from survey.model.programme import Programme, Session, SessionKind
from tests.events import DEADLINE, congress
from tests.people import START

if TYPE_CHECKING:
    from email.message import EmailMessage

TOKEN = "kk2020.AAECAwQFBgcICQoLDA0ODw.yT1vC0m2hY7wQfX3d5e8a9b6c4z1x2v3n4m5k6j7h8g"
FORM_LINK = f"https://feedback.example.org/f/{TOKEN}"
OPT_OUT_LINK = "https://feedback.example.org/abmelden/kk2020.0011223344556677.sGnT"
RESULTS_LINK = "https://feedback.example.org/ergebnis/kk2020"
AFTER_CLOSING = frozenset({Campaign.THANKS, Campaign.RESULTS})
PRIVACY_LINK = "https://feedback.example.org/datenschutz/kk2020"
NEXT = NextEdition(
    "Kommunalkongress 2021",
    datetime(2021, 9, 10, 7, 0, tzinfo=UTC),
    datetime(2021, 9, 10, 14, 0, tzinfo=UTC),
    "Mainz",
)
RECORDED = Programme(
    (
        Session(
            "greeting",
            Wording("Grußwort", en="Greeting"),
            SessionKind.GREETING,
            speakers=("Dr. Klaus Weichel",),
            recording="https://video.example.org/grusswort",
        ),
        Session(
            "keynote",
            Wording("Chancen der Digitalisierung", en="Chances of going digital"),
            SessionKind.KEYNOTE,
            recording="https://video.example.org/keynote",
        ),
        Session(
            "cancelled",
            Wording("Ausgefallenes"),
            SessionKind.GUEST_TALK,
            recording="https://video.example.org/nothing",
            is_cancelled=True,
        ),
    )
)
EDITION = replace(
    congress(),
    programme=RECORDED,
    next_edition=NEXT,
    sender_name="Kommunalkongress-Team",
    is_made_up=False,
)
LETTER = Letter(
    campaign=Campaign.INVITATION,
    edition=EDITION,
    closes=DEADLINE,
    address="poststelle@example.org",
    name="Erika Muster",
    language="de",
    minutes=3,
    form_link=FORM_LINK,
    opt_out_link=OPT_OUT_LINK,
    privacy_link=PRIVACY_LINK,
    message_id="<0123456789abcdef@example.org>",
    written=START,
    zone=ZoneInfo("Europe/Berlin"),
)


def letter(campaign: Campaign, **changes: object) -> Letter:
    """The letter of a campaign; mails after the closing bring no form link."""
    link = "" if campaign in AFTER_CLOSING else FORM_LINK
    results = RESULTS_LINK if campaign is Campaign.RESULTS else ""
    return replace(LETTER, campaign=campaign, form_link=link, results_link=results, **changes)  # type: ignore[arg-type]


def read(mail: ComposedMail) -> EmailMessage:
    """The mail as a mail program reads it."""
    return message_from_bytes(mail.content, policy=policy.default)


def written(campaign: Campaign, **changes: object) -> EmailMessage:
    """The mail of a campaign as it is read."""
    return read(compose(letter(campaign, **changes)))


def part(message: EmailMessage, subtype: str) -> str:
    """The text of the plain or the HTML part."""
    body = message.get_body((subtype,))
    assert body is not None
    text: str = body.get_content()
    return text.replace("\r\n", "\n")
