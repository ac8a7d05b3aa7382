"""Use case: people who work with the service get a mail about what happened, without a figure of any result in it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from survey.mail.delivery import delivery_of
from survey.mail.staff_mail import delete_old_staff_mails, send_due_staff_mails
from survey.model.workplace import Account
from survey.storage import staff_mails
from survey.storage.staff_mails import StaffMail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.workplace import OneTimePurpose, WorkLanguage
    from survey.storage.connection import Connection

__all__ = ["delete_old_staff_mails", "post", "send_staff_mails"]


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
