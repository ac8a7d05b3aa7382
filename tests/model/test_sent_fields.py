"""No form sends more fields than its edition was measured to."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from survey.model import items
from survey.model.items import MultipleChoice, TopThree
from survey.model.personal_form import personal_form
from survey.model.sent_fields import MOST_ANSWER_FIELDS, MOST_FIELDS, most_fields
from tests.events import congress, network_call
from tests.model.congress import CHANNELS, CONGRESS

if TYPE_CHECKING:
    from survey.model.event import Edition
    from survey.model.personal_form import PersonalForm

TICKED_ELSEWHERE_TOO = replace(
    CONGRESS,
    questionnaire=replace(
        CONGRESS.questionnaire,
        sections=(
            CONGRESS.questionnaire.sections[0],
            replace(
                CONGRESS.questionnaire.sections[1],
                items=(*CONGRESS.questionnaire.sections[1].items, replace(CHANNELS, code="how")),
            ),
        ),
    ),
)


def sent(form: PersonalForm) -> int:
    """Fields that a browser sends when everything is ticked and typed."""
    fields = [other.name for other in form.elsewhere()]
    for question in form.questions():
        match question.item:
            case MultipleChoice() as item:
                fields += [question.name for _ in items.choices(item)]
                fields += ["text"] if item.other_label else []
            case TopThree():
                fields += [question.name] * 3
            case _:
                fields += [question.name]
    return len(fields)


@pytest.mark.parametrize(
    "edition",
    [CONGRESS, TICKED_ELSEWHERE_TOO, congress(), network_call()],
    ids=["congress", "ticks in workshops", "small congress", "call"],
)
def test_the_largest_form_is_measured(edition: Edition) -> None:
    rounds = [[None, *edition.programme.of_round(r.code)] for r in edition.programme.rounds]

    forms = [
        sent(personal_form(edition, frozenset(s.code for s in booked if s)))
        for booked in product(*rounds)
    ]

    assert most_fields(edition) == max(forms)


def test_pages_have_room_for_their_own_fields() -> None:
    assert MOST_FIELDS - MOST_ANSWER_FIELDS == 20
