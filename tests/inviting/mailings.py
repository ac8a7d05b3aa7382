"""People to invite, and the mails that leave for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.mail.delivery import FolderDelivery
from survey.mail.outbox import SendingReport, send_due
from survey.model.invitation import Registration
from survey.registering import apply_import, list_participants, plan_import

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.invitation import Participant


def people(n: int) -> list[Registration]:
    return [Registration(f"p{i:02}@example.org", f"Person {i:02}", line=i) for i in range(n)]


def load(inst: Installation, registrations: list[Registration], name: str = "kk2020") -> None:
    apply_import(inst, name, plan_import(inst, name, registrations, add_only=False))


def send(inst: Installation) -> SendingReport:
    assert inst.settings.mail_folder is not None
    door = FolderDelivery(inst.settings.mail_folder)
    return send_due(inst, door, progress=lambda _done, _of: None)


def person(inst: Installation, n: int) -> Participant:
    return list_participants(inst, "kk2020")[n]
