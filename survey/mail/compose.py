"""What each mail says: values in, one finished message out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from babel.dates import format_skeleton
from email_validator import validate_email

from survey.language.catalogue import catalogue
from survey.language.wording import HTML_LANGUAGE
from survey.mail.calendar_file import calendar_file
from survey.mail.headers import mail_policy
from survey.model.invitation import Campaign
from survey.model.mail_words import ASKING, OwnWords, fill, paragraphs_of, places_of
from survey.rendering import render

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from survey.language.wording import Language
    from survey.model.event import Edition

TEMPLATE_OF = {
    Campaign.INVITATION: "invitation",
    Campaign.REMINDER_1: "reminder",
    Campaign.REMINDER_2: "reminder",
    Campaign.THANKS: "thanks",
    Campaign.LINK_REQUEST: "link_request",
    Campaign.RESULTS: "results",
}
_DAY_LOCALE: dict[Language, str] = {"de": "de_DE", "easy": "de_DE", "en": "en_GB"}
POLICY = mail_policy()
_TURNS_TEXT_ROUND = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that goes into one mail to one person."""

    campaign: Campaign
    edition: Edition
    closes: datetime
    """The deadline in force."""
    address: str
    name: str
    language: Language
    minutes: int
    """How long the form takes."""
    form_link: str = field(repr=False)
    """The fresh personal link; empty in the mails after the closing."""
    opt_out_link: str
    privacy_link: str
    message_id: str
    written: datetime
    zone: ZoneInfo
    results_link: str = ""
    """Where the results are read, in the mail that tells of them."""
    own_words: OwnWords | None = None
    """What the organiser wrote instead of the text that comes with the service."""
    is_test: bool = False
    """True for a mail to the organiser's own address."""


@dataclass(frozen=True, slots=True)
class ComposedMail:
    """One message, ready for the relay."""

    edition: str
    campaign: str
    """A Campaign, or the kind of a mail to a colleague."""
    message_id: str
    sender: str
    """Envelope sender: where bounces go."""
    recipient: str
    """Envelope recipient."""
    content: bytes = field(repr=False)


def compose(letter: Letter) -> ComposedMail:
    """The finished message of a letter; ValueError if its address cannot stand in a header."""
    edition = letter.edition
    recipient = ascii_domain(letter.address)
    sender = ascii_domain(edition.sender)
    said = wording_of(letter)

    message = EmailMessage(policy=POLICY)
    message["From"] = Address(
        one_line(edition.sender_name or edition.organisation), addr_spec=sender
    )
    message["To"] = Address(one_line(letter.name), addr_spec=recipient)
    message["Reply-To"] = Address(
        one_line(edition.contact_name), addr_spec=ascii_domain(edition.contact)
    )
    message["Subject"] = said.subject
    message["Date"] = format_datetime(letter.written.astimezone(UTC))
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Unsubscribe"] = f"<{letter.opt_out_link}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(said.text, cte="quoted-printable")
    message.add_alternative(said.html, subtype="html", cte="quoted-printable")
    message.set_boundary(boundary(letter.message_id, "alternative"))
    if letter.campaign is Campaign.THANKS and edition.next_edition is not None:
        message.add_attachment(
            calendar_file(
                edition.next_edition,
                uid=f"{edition.name}-next@{sender.rpartition('@')[2]}",
                written=letter.written,
            ),
            subtype="calendar",
            filename="naechster-termin.ics",
            cte="quoted-printable",
        )
        message.set_boundary(boundary(letter.message_id, "mixed"))
    # Last: turning a message into a multipart moves its Content-* headers into the first part.
    message["Content-Language"] = HTML_LANGUAGE[letter.language]
    return ComposedMail(
        edition=edition.name,
        campaign=letter.campaign,
        message_id=letter.message_id,
        sender=sender,
        recipient=recipient,
        content=message.as_bytes(),
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """What a mail says, before it is wrapped up."""

    subject: str
    text: str
    html: str


def wording_of(letter: Letter) -> Wording:
    """What the letter says, as plain text and as a page."""
    values = _values(letter)
    template = f"mail/{'own' if letter.own_words else TEMPLATE_OF[letter.campaign]}"
    subject = _subject(letter, values)
    values["own_paragraphs"] = _own_paragraphs(letter, values)
    text = render(f"{template}/body.txt", letter.language, subject=subject, **values)
    html = render(f"{template}/body.html", letter.language, subject=subject, **values)
    return Wording(subject, paragraphs(text), html)


def _subject(letter: Letter, values: dict[str, object]) -> str:
    if letter.own_words is None:
        template = f"mail/{TEMPLATE_OF[letter.campaign]}/subject.txt"
        subject = one_line(render(template, letter.language, **values))
    else:
        subject = one_line(fill(letter.own_words.subject, _places(letter, values)))
        if letter.edition.is_made_up:
            subject = f"{catalogue(letter.language).gettext('Vorführung')} – {subject}"
    return f"TEST – {subject}" if letter.is_test else subject


def _own_paragraphs(letter: Letter, values: dict[str, object]) -> tuple[tuple[str, ...], ...]:
    """What the organiser wrote, filled in: a value can add no line."""
    if letter.own_words is None:
        return ()
    return paragraphs_of(fill(letter.own_words.text, _places(letter, values)))


def _places(letter: Letter, values: dict[str, object]) -> dict[str, str]:
    words = catalogue(letter.language)
    name = values["name"]
    greeting = (
        words.gettext("Guten Tag %(name)s,") % {"name": name}
        if name
        else words.gettext("Guten Tag,")
    )
    found: dict[str, object] = {
        "anrede": greeting,
        "titel": values["title"],
        "tag": values["day"],
        "organisation": values["organisation"],
        "absender": values["sender"],
        "frist": values["closes"],
        "fristtag": values["closing_day"],
        "minuten": values["minutes"],
    }
    return {name: str(value) for name, value in found.items() if name in places_of(letter.campaign)}


def starting_words(campaign: Campaign, language: Language) -> OwnWords:
    """The words that come with the service, with their places: what an organiser starts from."""
    template = f"mail/{TEMPLATE_OF[campaign]}"
    values = {
        "title": "{titel}",
        "day": "{tag}",
        "organisation": "{organisation}",
        "sender": "{absender}",
        "minutes": "{minuten}",
        "closing_day": "{fristtag}",
        "is_made_up": False,
        "recordings": (),
    }
    return OwnWords(
        one_line(render(f"{template}/subject.txt", language, **values)),
        paragraphs(render(f"{template}/start.txt", language, **values)).strip(),
    )


def one_line(text: str) -> str:
    """The text on one line, without control characters and marks that turn its direction."""
    spaced = " ".join(text.split())
    if spaced.isprintable():
        return spaced  # as nearly every name is, and then nothing is to be taken out
    return "".join(
        c for c in spaced if unicodedata.category(c) != "Cc" and c not in _TURNS_TEXT_ROUND
    ).strip()


def ascii_domain(address: str) -> str:
    """The address with its domain as the relays' protocol writes it."""
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    return local + at + validate_email(f"a@{domain}", check_deliverability=False).ascii_domain


def _mailbox(name: str, address: str) -> Address:
    return Address(one_line(name), addr_spec=address)


def _values(letter: Letter) -> dict[str, object]:
    words = catalogue(letter.language)
    edition = letter.edition
    local_close = letter.closes.astimezone(letter.zone)
    upcoming = edition.next_edition
    return {
        "title": one_line(edition.title),
        "day": words.day(edition.starts),
        "organisation": one_line(edition.organisation),
        "sender": one_line(edition.sender_name or edition.organisation),
        "name": one_line(letter.name),
        "minutes": letter.minutes,
        "closes": words.moment(letter.closes, letter.zone),
        "closing_day": format_skeleton("MMMMd", local_close, locale=_DAY_LOCALE[letter.language]),
        "main_link": _in_language(letter.form_link, letter.language),
        "easy_link": _in_language(letter.form_link, "easy"),
        "german_link": _in_language(letter.form_link, "de"),
        "opt_out_link": _in_language(letter.opt_out_link, letter.language),
        "privacy_link": _in_language(letter.privacy_link, letter.language),
        "results_link": _in_language(letter.results_link, letter.language),
        "is_test": letter.is_test,
        "is_asking": letter.campaign in ASKING,
        "is_reminder": letter.campaign in {Campaign.REMINDER_1, Campaign.REMINDER_2},
        "contact": edition.contact,
        "contact_name": one_line(edition.contact_name),
        "text_readers": one_line(edition.text_readers),
        "is_made_up": edition.is_made_up,
        "is_last_reminder": letter.campaign is Campaign.REMINDER_2,
        "recordings": [
            {
                "title": one_line(s.title.in_language(letter.language)),
                "speakers": one_line(", ".join(s.speakers)),
                "link": s.recording,
            }
            for s in edition.programme.sessions
            if s.recording and not s.is_cancelled
        ],
        "next_title": one_line(upcoming.title) if upcoming else "",
        "next_moment": words.moment(upcoming.starts, letter.zone) if upcoming else "",
        "next_place": one_line(upcoming.place) if upcoming else "",
    }


def paragraphs(text: str) -> str:
    """Paragraphs with one empty line between them."""
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def _in_language(link: str, language: Language) -> str:
    """The page in that language, whatever the browser prefers."""
    return f"{link}?sprache={language}" if link else ""


def boundary(message_id: str, part: str) -> str:
    """What parts one part of a message from the next."""
    # From the message, not from chance: the same letter is the same bytes.
    return "=_" + hashlib.sha256(f"{part} {message_id}".encode()).hexdigest()[:32]
