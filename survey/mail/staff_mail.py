"""Mails to people who work with the service: composed and sent when due, each with its own fresh link.

What a kind says lies in ``templates/mail/workplace/<kind>/subject.txt`` and ``body.txt``; opening, ending and the HTML
part come by themselves. In a body, a paragraph of two lines, words with a colon and an address below, is a link.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.access.one_time_links import LASTS, SECRET_BYTES, one_time_address, one_time_hash
from survey.errors import RelayUnreachable
from survey.mail.compose import POLICY, ComposedMail, ascii_domain, one_line, paragraphs
from survey.mail.delivery import Outcome
from survey.model.invitation import Delivery
from survey.rendering import render
from survey.storage import one_time_links, organisations, profiles, staff_mails
from survey.storage.turns import Turn, turn

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from survey.installation import Installation
    from survey.mail.delivery import Delivery as Door
    from survey.model.profile import Profile
    from survey.storage.connection import Connection
    from survey.storage.staff_mails import StaffMail

MAILS_PER_LEASE = 20
WAITS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
"""After the first tries; then hourly. Somebody may be waiting for the link."""
MOST_ATTEMPTS = 50
KEPT = timedelta(days=30)
_OPEN = frozenset({Delivery.DEFERRED, Delivery.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLetter:
    """Everything that goes into one mail to a colleague."""

    mail: StaffMail
    organisation: str
    """Its name."""
    sender: str
    sender_name: str
    link: str = field(repr=False)
    """The fresh one-time link; empty where the mail opens nothing."""
    base_url: str
    written: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a mail, or a link with its words."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Leased:
    mail: StaffMail
    letter: StaffLetter


def send_due_staff_mails(inst: Installation, door: Callable[[], Door]) -> str:
    """Every mail that is due leaves; why nothing could be tried, if so."""
    if not staff_mails.has_due(inst.database.read(), inst.clock()):
        return ""
    with turn(inst.database, Turn.STAFF_MAILS) as is_alone:
        if not is_alone():
            return ""
        inst.database.write(staff_mails.recover)
        delivery = door()
        try:
            while leased := _lease(inst):
                trouble = _send_leased(inst, delivery, leased)
                if trouble:
                    return trouble
        finally:
            delivery.close()
    return ""


def delete_old_staff_mails(inst: Installation) -> None:
    """Mails to colleagues that were queued long ago are gone, and links that have ended."""
    now = inst.clock()

    def work(connection: Connection) -> None:
        staff_mails.delete_older(connection, than=now - KEPT)
        one_time_links.delete_ended(connection, by=now)

    inst.database.write(work)


def sender_of(inst: Installation, profile: Profile | None) -> str:
    """Where mails to colleagues come from: as set for the machine, else by the organisation, else the own host."""
    host = urlsplit(inst.settings.base_url).hostname or ""
    own = profile.sender if profile else ""
    return inst.settings.staff_sender or own or f"noreply@{host if '.' in host else 'localhost'}"


def compose_staff_mail(letter: StaffLetter) -> ComposedMail:
    """The finished message; ValueError if an address cannot stand in a header."""
    mail = letter.mail
    recipient = ascii_domain(mail.address)
    sender = ascii_domain(letter.sender)
    values = {
        **mail.facts,
        "name": one_line(mail.name),
        "organisation": one_line(letter.organisation),
        "link": letter.link,
        "base_url": letter.base_url,
    }
    template = f"mail/workplace/{mail.kind}"
    subject = one_line(render(f"{template}/subject.txt", mail.language, **values))
    body = render(f"{template}/body.txt", mail.language, **values)
    text = render("mail/workplace/frame.txt", mail.language, body=body, **values)
    html = render(
        "mail/workplace/frame.html",
        mail.language,
        subject=subject,
        blocks=blocks(paragraphs(body)),
        **values,
    )
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(one_line(letter.sender_name), addr_spec=sender)
    message["To"] = Address(one_line(mail.name), addr_spec=recipient)
    message["Subject"] = subject
    message["Date"] = format_datetime(letter.written.astimezone(UTC))
    message_id = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(paragraphs(text), cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary("=_" + hashlib.sha256(mail.id.encode()).hexdigest()[:32])
    message["Content-Language"] = mail.language
    return ComposedMail(
        edition="workplace",
        campaign=mail.kind,
        message_id=message_id,
        sender=sender,
        recipient=recipient,
        content=message.as_bytes(),
    )


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of a mail's text; one with an address on a line of its own is a link."""
    found: list[Block] = []
    for paragraph in text.strip().split("\n\n"):
        first, _, last = paragraph.strip().rpartition("\n")
        if last.startswith(("https://", "http://")):
            found.append(Block(first.strip().removesuffix(":") or last, last))
        elif paragraph.strip():
            found.append(Block(paragraph.strip()))
    return tuple(found)


def _lease(inst: Installation) -> tuple[_Leased, ...]:
    """The next mails, claimed, with their links' hashes committed before they leave."""
    now = inst.clock()
    fresh = [inst.random_bytes(SECRET_BYTES) for _ in range(MAILS_PER_LEASE)]

    def work(connection: Connection) -> tuple[_Leased, ...]:
        leased: list[_Leased] = []
        mails = staff_mails.lease(connection, now, most=MAILS_PER_LEASE)
        for mail, secret in zip(mails, fresh, strict=False):
            link = ""
            if mail.opens is not None:
                one_time_links.insert(
                    connection,
                    hashed=one_time_hash(mail.opens, secret),
                    purpose=mail.opens,
                    subject=mail.opens_for,
                    ends=now + LASTS[mail.opens],
                )
                link = one_time_address(inst.settings.base_url, mail.opens, secret)
            organisation = organisations.find(connection, mail.organisation)
            profile = profiles.find(connection, mail.organisation)
            name = organisation.name if organisation else ""
            leased.append(
                _Leased(
                    mail,
                    StaffLetter(
                        mail=mail,
                        organisation=name,
                        sender=sender_of(inst, profile),
                        sender_name=f"Nachklang {name}".strip(),
                        link=link,
                        base_url=inst.settings.base_url,
                        written=now,
                    ),
                )
            )
        return tuple(leased)

    return inst.database.write(work)


def _send_leased(inst: Installation, delivery: Door, leased: tuple[_Leased, ...]) -> str:
    for position, one in enumerate(leased):
        try:
            outcome = _send(delivery, one.letter)
            delivery.settle()
        except RelayUnreachable as error:
            for waiting in leased[position:]:
                _settle(inst, waiting.mail, Outcome(Delivery.DEFERRED))
            return error.why
        _settle(inst, one.mail, outcome)
    return ""


def _send(delivery: Door, letter: StaffLetter) -> Outcome:
    try:
        composed = compose_staff_mail(letter)
    except (ValueError, MessageError):
        return Outcome(Delivery.FAILED, 0, "5.1.3")
    return delivery.send(composed)


def _settle(inst: Installation, mail: StaffMail, outcome: Outcome) -> None:
    attempts = mail.attempts + 1
    is_open = outcome.state in _OPEN and attempts < MOST_ATTEMPTS
    state = outcome.state if is_open or outcome.state not in _OPEN else Delivery.FAILED
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    inst.database.write(
        lambda connection: staff_mails.settle(
            connection,
            mail.id,
            state=state,
            reason=outcome.reason,
            not_before=inst.clock() + wait if is_open else None,
        )
    )
