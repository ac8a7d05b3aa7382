"""Use case: mails that came back are read, and organisers told; nothing here keeps when one did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from survey.correcting import SOFT_BOUNCES_TOLD, shown_campaigns, undeliverable
from survey.errors import LinkForged
from survey.mail.bounces.mailbox import mailbox_of
from survey.mail.bounces.report import Kind, read_report
from survey.mail.fingerprints import address_fingerprint
from survey.mail_checking import read_mail_checks
from survey.notifying import tell_organisers
from survey.storage import bounces, editions, suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.installation import Installation
    from survey.mail.bounces.mailbox import Mailbox
    from survey.mail.bounces.report import Report
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

BOUNCED = "addresses_bounced"


@dataclass(frozen=True, slots=True)
class BouncesRead:
    """What one turn found in the mailbox."""

    reports: int = 0
    """Reports about delivery, ours or not; they are gone from the mailbox."""
    failed: int = 0
    """Mails of ours that did not arrive, by these reports."""
    automatic: int = 0
    """Automatic replies, deleted unread."""
    others: int = 0
    """Mails that perhaps a person wrote: they stay in the mailbox."""


def fetch_bounces(inst: Installation) -> BouncesRead:
    """The mailbox of the settings, read; nothing if there is none. MailboxUnreachable if there is no coming in."""
    mailbox = mailbox_of(inst.settings)
    return BouncesRead() if mailbox is None else read_bounces(inst, mailbox)


def read_bounces(inst: Installation, mailbox: Mailbox) -> BouncesRead:
    """Every new mail of the mailbox; what was said of ours is durable before its report is deleted."""
    done = BouncesRead()
    struck: dict[str, EditionRecord] = {}
    try:
        for key, content in mailbox.unread():
            if read_mail_checks(inst, [content]):
                mailbox.delete(key)
                continue
            report = read_report(content, inst.settings.bounce_address)
            match report.kind:
                case Kind.REPORT:
                    found = inst.database.write(partial(_apply, inst=inst, report=report))
                    if found is not None and found.is_shown:
                        struck[found.record.id] = found.record
                    done = replace(
                        done, reports=done.reports + 1, failed=done.failed + (found is not None)
                    )
                    mailbox.delete(key)
                case Kind.AUTOMATIC:
                    # An out-of-office reply says that a mail arrived, and holds more than we want to know.
                    done = replace(done, automatic=done.automatic + 1)
                    mailbox.delete(key)
                case Kind.OTHER:
                    done = replace(done, others=done.others + 1)
                    mailbox.leave(key)
    finally:
        mailbox.close()
        _tell(inst, struck.values())
    return done


def tell_of_failures(inst: Installation) -> None:
    """Organisers of editions in which mails did not arrive get a mail, once a day at most."""
    records = editions.all_editions(inst.database.read())
    _tell(inst, [record for record in records if undeliverable(inst, record.name)])


@dataclass(frozen=True, slots=True)
class _Struck:
    record: EditionRecord
    is_shown: bool


def _apply(connection: Connection, *, inst: Installation, report: Report) -> _Struck | None:
    """The edition in which a mail is marked as failed; None if the report is not about a mail of ours, or no end."""
    for tag in report.addressed:
        try:
            address = inst.links.read_bounce_token(tag)
        except LinkForged:
            continue
        record = editions.find_by_id(connection, address.edition_id)
        if record is None or record.addresses_deleted is not None:
            return None
        mail = bounces.find_mail(connection, record.id, begins=address.mail)
        if mail is None:
            return None  # the person is deleted, or the mail was sent anew to a better address
        reason = report.status
        if report.is_soft:
            if bounces.count_soft(connection, mail, reason=reason) < SOFT_BOUNCES_TOLD:
                return None
        elif not report.is_hard:
            return None
        if not bounces.mark_failed(connection, mail, reason=reason):
            return None
        if report.is_bad_address:
            suppressions.add(
                connection,
                record.edition.organisation,
                fingerprint=address_fingerprint(inst, record, mail.address),
                cause="bounce",
            )
        return _Struck(record, mail.campaign in shown_campaigns(record))
    return None


def _tell(inst: Installation, records: Iterable[EditionRecord]) -> None:
    now = inst.clock()
    day = now.astimezone(inst.settings.zone).date().isoformat()
    for record in records:
        inst.database.write(
            partial(
                tell_organisers,
                record=record,
                event=BOUNCED,
                subject=f"{record.id}:{day}",
                at=now,
            )
        )
