"""Registration lists of three people, and what loading them does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.mail.delivery import FolderDelivery
from survey.mail.outbox import send_due
from survey.model.invitation import Participant, Registration
from survey.registering import (
    apply_import,
    find_participants,
    plan_import,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.installation import Installation
    from survey.model.import_plan import ImportPlan


ANNA = Registration("anna@example.org", "Anna Albrecht", sessions=("ws01", "ws03"), line=2)
BERND = Registration("bernd@example.org", "Bernd Becker", sessions=("ws02",), line=3)
CLARA = Registration("clara@example.org", "Clara Conrad", line=4)
EVERYBODY = (ANNA, BERND, CLARA)


def load(
    inst: Installation, people: Sequence[Registration], *, add_only: bool = False
) -> ImportPlan:
    plan = plan_import(inst, "kk2020", people, add_only=add_only)
    apply_import(inst, "kk2020", plan)
    return plan


def sizes(plan: ImportPlan) -> dict[str, int]:
    return {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": len(plan.unchanged),
        "withdrawn": len(plan.withdrawn),
        "refused": len(plan.refused),
    }


def sized(**given: int) -> dict[str, int]:
    nothing = {"added": 0, "changed": 0, "unchanged": 0, "withdrawn": 0, "refused": 0}
    return nothing | given


def named(inst: Installation, text: str) -> Participant:
    (person,) = find_participants(inst, "kk2020", text)
    return person


def send_all(inst: Installation) -> int:
    assert inst.settings.mail_folder is not None
    door = FolderDelivery(inst.settings.mail_folder)
    return send_due(inst, door, progress=lambda _done, _of: None).sent
