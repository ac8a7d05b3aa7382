"""A session that is cancelled while somebody fills in the form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.language.wording import Wording
from survey.model.items import Choice, MultipleChoice
from survey.preparing import change_edition, find_edition
from survey.storage import boxes
from tests.events import congress
from tests.people import add_person, open_edition, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import Edition
    from tests.accessibility.client import AccessibleClient

HOW = MultipleChoice(
    code="how",
    wording=Wording("Was nehmen Sie mit?"),
    choices=(Choice("ideas", Wording("Ideen")), Choice("people", Wording("Kontakte"))),
)


def with_ticks_about_workshops() -> Edition:
    edition = congress()
    first, *others = edition.questionnaire.sections
    sections = (replace(first, items=(*first.items, HOW)), *others)
    return replace(edition, questionnaire=replace(edition.questionnaire, sections=sections))


def cancel(inst: Installation, code: str) -> None:
    edition = find_edition(inst, "kk2020").edition
    sessions = tuple(
        replace(s, is_cancelled=s.is_cancelled or s.code == code)
        for s in edition.programme.sessions
    )
    changed = replace(edition, programme=replace(edition.programme, sessions=sessions))
    change_edition(inst, "kk2020", changed)


@pytest.mark.parametrize("language", ["de", "easy", "en"])
def test_answers_typed_before_it_was_cancelled_can_be_sent(
    client: AccessibleClient, inst: Installation, language: str
) -> None:
    record = open_edition(inst, store_edition(inst, with_ticks_about_workshops()))
    anna = add_person(inst, record, "Anna Albrecht", sessions=("ws01", "ws03"))
    address = f"/f/{anna.token}"
    typed = {
        "overall": ("good",),
        "ws01--rating": ("good",),
        "ws01--how": ("ideas", "people"),
        "_spoken": (language,),
    }
    cancel(inst, "ws01")

    checked = client.post(address, typed)
    sent = client.post(address, checked.fields() | {"_action": ("submit",)})

    assert (checked.status, sent.status) == (200, 303)
    assert boxes.count(inst.database.read(), record.id) == 1
