"""Use case: people who work with the service get a mail about what happened, without a figure of any result in it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from survey.keeping.key_copies import not_copied
from survey.mail.delivery import delivery_of
from survey.mail.staff_mail import delete_old_staff_mails, send_due_staff_mails
from survey.model.workplace import Account, Role
from survey.storage import accounts, campaigns, editions, notices, publications, staff_mails
from survey.storage.connection import foreign_errors
from survey.storage.staff_mails import StaffMail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.workplace import OneTimePurpose, WorkLanguage
    from survey.storage.connection import Connection

__all__ = [
    "delete_old_staff_mails",
    "notify_organisers",
    "post",
    "send_staff_mails",
    "tell_organisers",
]

NEWS_FOR = timedelta(days=7)
"""What happened longer ago is no news: an installation that learns to write mails does not tell its whole past."""
_PAUSED = "sending_paused"
_NO_COPY = "key_not_backed_up"


def post(
    connection: Connection,
    *,
    organisation: str,
    account_or_address: Account | str,
    kind: str,
    values: Mapping[str, str | int],
    at: datetime,
    language: WorkLanguage = "de",
    opens: OneTimePurpose | None = None,
    opens_for: str = "",
) -> None:
    """A mail of that kind (a folder of templates) is queued, in the transaction of the act itself.

    `language` is for an address without an account. `opens` asks for a one-time link, in the templates as ``link``; it
    is made when the mail leaves, so that nothing that opens anything lies in the queue.
    """
    to = account_or_address
    if not isinstance(to, Account):
        to = Account("", to, "", language)
    staff_mails.put(
        connection,
        StaffMail(
            id=secrets.token_hex(16),
            organisation=organisation,
            account=to.id,
            address=to.address,
            name=to.name,
            language=to.language,
            kind=kind,
            facts=values,
            opens=opens,
            opens_for=opens_for,
            queued=at,
        ),
    )


def send_staff_mails(inst: Installation) -> str:
    """Every mail to a colleague that is due leaves; why nothing could be tried, if so."""
    return send_due_staff_mails(inst, lambda: delivery_of(inst.settings))


def tell_organisers(
    connection: Connection, record: EditionRecord, *, event: str, subject: str, at: datetime
) -> bool:
    """All organisers of the edition get a mail about that event (a folder of templates); False if they have it."""
    if not notices.remember(connection, event, subject=subject, at=at):
        return False
    for account, role in accounts.of_organisation(connection, record.owner):
        if role is Role.ORGANISER and not account.is_disabled:
            post(
                connection,
                organisation=record.owner,
                account_or_address=account,
                kind=event,
                values={"edition": record.name, "title": record.edition.title},
                at=at,
            )
    return True


def notify_organisers(inst: Installation) -> None:
    """Organisers learn of sending that stopped, of counts and reports that are done, and of keys without a copy."""
    now = inst.clock()
    with foreign_errors():
        connection = inst.database.read()
        records = editions.all_editions(connection)
        stopped = {
            f"{record.id}:{campaign.kind.value}": record
            for record in records
            if record.addresses_deleted is None
            for campaign in campaigns.of_edition(connection, record.id).values()
            if campaign.is_paused and campaign.paused_because != "person"
        }
        reports = {
            f"{record.id}:{published.version}": record
            for record in records
            if record.counted is not None
            for published in publications.of_edition(connection, record.id)
            if now - published.published < NEWS_FOR
        }
    counted = {
        record.id: record
        for record in records
        if record.key_destroyed is not None and now - record.key_destroyed < NEWS_FOR
    }
    unsafe = {record.id: record for record in not_copied(inst)}
    news = {
        _PAUSED: stopped,
        "edition_counted": counted,
        "report_ready": reports,
        _NO_COPY: unsafe,
    }
    _forget_what_is_over(inst, {event: frozenset(news[event]) for event in (_PAUSED, _NO_COPY)})
    for event, found in news.items():
        told = notices.subjects(inst.database.read(), event)
        for subject, record in sorted(found.items()):
            if subject not in told:
                inst.database.write(
                    partial(tell_organisers, record=record, event=event, subject=subject, at=now)
                )


def _forget_what_is_over(inst: Installation, lasting: Mapping[str, frozenset[str]]) -> None:
    """What was mended is told again should it happen again."""
    over = [
        (event, subject)
        for event, subjects in lasting.items()
        for subject in notices.subjects(inst.database.read(), event) - subjects
    ]

    def work(connection: Connection) -> None:
        for event, subject in over:
            notices.forget(connection, event, subject=subject)

    if over:
        inst.database.write(work)
