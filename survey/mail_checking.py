"""Use case: does our mail arrive as ours? The service writes to itself and reads what the receiving server says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from survey.errors import MailRefused, NotAllowed, problem
from survey.mail.authentication_results import Findings, Verdict, findings
from survey.mail.bounces.mailbox import mailbox_of
from survey.mail.compose import POLICY, ComposedMail, ascii_domain, one_line
from survey.mail.delivery import delivery_of
from survey.model.invitation import Delivery
from survey.storage import editions, mail_checks, participants, schedules
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection
    from survey.storage.mail_checks import MailCheckRow

MANY = 100
"""A first campaign to more people than that wants a check that passed."""
HOLDS_FOR = timedelta(days=90)
WAITS_FOR = timedelta(hours=24)
"""A mail that has not come by then is lost."""
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class MailCheck:
    """What is known of the mails that one address sends."""

    sender: str
    sent: datetime | None
    """None if no mail was ever sent to ourselves."""
    findings: Findings | None
    """None until the mail was read."""
    is_lost: bool = False
    """True if the mail has not come within a day."""
    holds: bool = False
    """True if every test passed, not too long ago."""


def mail_checks_of(inst: Installation, organisation: str) -> tuple[MailCheck, ...]:
    """One for each address that the organisation's editions send from."""
    with foreign_errors():
        connection = inst.database.read()
        senders = {r.edition.sender for r in editions.of_owner(connection, organisation)}
        known = {row.sender: row for row in mail_checks.of_organisation(connection, organisation)}
    return tuple(
        _check(known[sender], inst.clock()) if sender in known else MailCheck(sender, None, None)
        for sender in sorted(senders)
    )


def senders_of(inst: Installation) -> tuple[tuple[str, str], ...]:
    """Every organisation's id with each address that its editions send from."""
    with foreign_errors():
        records = editions.all_editions(inst.database.read())
    return tuple(sorted({(record.owner, record.edition.sender) for record in records}))


def send_mail_check(inst: Installation, organisation: str, *, sender: str, to: str) -> None:
    """A mail from that address is on its way to ourselves.

    NotAllowed if the organisation does not send from there, RelayUnreachable or MailRefused if it cannot leave.
    """
    if sender not in {check.sender for check in mail_checks_of(inst, organisation)}:
        raise NotAllowed(problem("Von dieser Adresse sendet keine Ausgabe.", place="sender"))
    domain = ascii_domain(sender).rpartition("@")[2]
    message_id = f"<{inst.random_bytes(_ID_BYTES).hex()}@{domain}>"
    mail = _compose(inst, sender, to, message_id)
    inst.database.write(
        lambda connection: mail_checks.begin(
            connection, organisation, sender=sender, message_id=message_id, at=inst.clock()
        )
    )
    delivery = delivery_of(inst.settings)
    try:
        outcome = delivery.send(mail)
        delivery.settle()
    finally:
        delivery.close()
    if outcome.state is not Delivery.HANDED_OVER:
        raise MailRefused(outcome.code, outcome.enhanced)


def read_mail_checks(inst: Installation, mails: Iterable[bytes]) -> int:
    """How many of the mails are ours to ourselves: what the receiving server says of them is kept."""
    now = inst.clock()
    with foreign_errors():
        waiting = {
            row.message_id: row
            for row in mail_checks.waiting(inst.database.read(), since=now - WAITS_FOR)
        }
    if not waiting:
        return 0
    read = 0
    for content in mails:
        message = message_from_bytes(content, policy=policy.compat32)
        row = waiting.pop(str(message.get("Message-ID", "")).strip(), None)
        if row is None:
            continue
        found = findings(
            message,
            domain=ascii_domain(row.sender).rpartition("@")[2],
            servers=frozenset(),
        )
        _finish(inst, row, found, now)
        read += 1
    return read


def read_pasted_headers(inst: Installation, organisation: str, *, sender: str, text: str) -> None:
    """The headers that somebody copied out of their mail program are read; NotAllowed if they are of another mail."""
    with foreign_errors():
        waiting = mail_checks.waiting(inst.database.read(), since=inst.clock() - WAITS_FOR)
    message_ids = {
        row.message_id
        for row in waiting
        if row.sender == sender and row.organisation == organisation
    }
    content = text.replace("\r\n", "\n").strip().encode()
    message = message_from_bytes(content, policy=policy.compat32)
    if str(message.get("Message-ID", "")).strip() not in message_ids:
        raise NotAllowed(
            problem(
                "Das sind nicht die Kopfzeilen der letzten Prüfmail. Kopieren Sie alle Zeilen bis zum Text der Mail.",
                place="headers",
            )
        )
    read_mail_checks(inst, [content])


def own_mailbox(inst: Installation) -> str:
    """The address of the mailbox that the service itself reads; empty if there is none."""
    return "" if mailbox_of(inst.settings) is None else inst.settings.bounce_address


def look_for_mail_checks(inst: Installation) -> int:
    """How many of our mails to ourselves lay in our mailbox; they are read and taken out of it."""
    mailbox = mailbox_of(inst.settings)
    if mailbox is None or not is_waiting_for_mail(inst):
        return 0
    read = 0
    try:
        for key, content in mailbox.unread():
            if read_mail_checks(inst, [content]):
                mailbox.delete(key)
                read += 1
    finally:
        mailbox.close()
    return read


def is_waiting_for_mail(inst: Installation) -> bool:
    """True while a mail to ourselves is on its way: the mailbox should be looked into."""
    with foreign_errors():
        return bool(mail_checks.waiting(inst.database.read(), since=inst.clock() - WAITS_FOR))


def needs_mail_check(inst: Installation, record: EditionRecord) -> bool:
    """True for a first campaign to many people from an address that no check has passed for."""
    if record.opens is not None or inst.settings.smtp is None:
        return False
    with foreign_errors():
        people = participants.count(inst.database.read(), record.id)
    checks = mail_checks_of(inst, record.owner)
    return people > MANY and not any(
        check.holds for check in checks if check.sender == record.edition.sender
    )


def require_mail_check(inst: Installation, record: EditionRecord) -> None:
    """NotAllowed where a check is needed and nobody answers for going without."""
    if not needs_mail_check(inst, record):
        return
    with foreign_errors():
        plan = schedules.plan(inst.database.read(), record.id)
    if plan.without_mail_check is None:
        raise NotAllowed(
            problem(
                "Vor mehr als %(many)d Einladungen muss die Mailprüfung bestanden sein, "
                "oder jemand entscheidet, ohne sie zu senden.",
                place="mailpruefung",
                many=MANY,
            )
        )


def answer_for_mail_check(inst: Installation, record: EditionRecord) -> None:
    """Somebody decides to send this edition's mails without a check that passed."""

    def work(connection: Connection) -> None:
        schedules.answer_for_mail_check(connection, record.id, at=inst.clock())
        write_deed(connection, "sending without mail check", at=inst.clock(), edition=record.id)

    inst.database.write(work)


def _check(row: MailCheckRow, now: datetime) -> MailCheck:
    if row.read is None:
        return MailCheck(row.sender, row.sent, None, is_lost=now - row.sent > WAITS_FOR)
    found = Findings(*(Verdict(told) for told in (row.dkim, row.spf, row.dmarc, row.tls)))
    holds = found.has_passed and now - row.sent <= HOLDS_FOR
    return MailCheck(row.sender, row.sent, found, holds=holds)


def _finish(inst: Installation, row: MailCheckRow, found: Findings, now: datetime) -> None:
    verdicts = {
        "dkim": found.dkim.value,
        "spf": found.spf.value,
        "dmarc": found.dmarc.value,
        "tls": found.tls.value,
    }
    inst.database.write(
        lambda connection: mail_checks.finish(connection, row.message_id, at=now, verdicts=verdicts)
    )


def _compose(inst: Installation, sender: str, to: str, message_id: str) -> ComposedMail:
    message = EmailMessage(policy=POLICY)
    message["From"] = Address("Nachklang", addr_spec=ascii_domain(sender))
    message["To"] = Address("", addr_spec=ascii_domain(to))
    message["Subject"] = one_line("Nachklang: Mailprüfung")
    message["Date"] = format_datetime(inst.clock().astimezone(UTC))
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    # DKIM has to cover these two, so they are in the mail that is looked at.
    message["List-Unsubscribe"] = f"<{inst.settings.base_url}/abmelden>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(
        "Diese Mail hat der Dienst an sich selbst geschrieben.\n", cte="quoted-printable"
    )
    return ComposedMail(
        edition="workplace",
        campaign="mail_check",
        message_id=message_id,
        sender=ascii_domain(sender),
        recipient=ascii_domain(to),
        content=message.as_bytes(),
    )
