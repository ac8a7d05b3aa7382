"""Mails of made-up people, queued, sent and looked at."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from survey.mail.delivery import SmtpDelivery
from survey.mail.outbox import SendingReport, send_due
from survey.model.invitation import Campaign, Delivery, Registration
from survey.registering import apply_import, list_participants, plan_import
from survey.storage import outbox
from tests.mail.relay import Relay
from tests.people import (
    stored_record,
)

if TYPE_CHECKING:
    from email.message import EmailMessage

    from survey.installation import Installation


def quiet(_done: int, _due: int) -> None:
    """Nobody watches the progress."""


def register(inst: Installation, name: str, people: int) -> None:
    registrations = [
        Registration(f"person{n:03}@example.org", f"Person {n:03}", line=n) for n in range(people)
    ]
    apply_import(inst, name, plan_import(inst, name, registrations, add_only=False))


def states(inst: Installation, name: str, campaign: Campaign) -> dict[str, Delivery]:
    """State of each person's mail, by address."""
    record = stored_record(inst, name)
    by_id = outbox.states(inst.database.read(), record.id, campaign)
    return {p.address: by_id[p.id] for p in list_participants(inst, name) if p.id in by_id}


def send(inst: Installation, server: Relay) -> SendingReport:
    return send_due(inst, SmtpDelivery(server.smtp()), progress=quiet)


def mails_in_folder(inst: Installation) -> list[EmailMessage]:
    folder = inst.settings.mail_folder
    assert folder is not None
    return [
        message_from_bytes(f.read_bytes(), policy=policy.default)
        for f in sorted(folder.glob("*.eml"))
    ]


def link_in(message: EmailMessage) -> str:
    """The token of the form link in a mail."""
    body = message.get_body(("plain",))
    assert body is not None
    lines = body.get_content().split()
    (token,) = {w.partition("/f/")[2].partition("?")[0] for w in lines if "/f/" in w}
    return str(token)
