"""How many fields a browser sends at most for one form: pages refuse requests with more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model import items
from survey.model.items import MultipleChoice
from survey.model.personal_form import personal_form

if TYPE_CHECKING:
    from survey.model.event import Edition
    from survey.model.items import Item
    from survey.model.personal_form import PersonalForm

MOST_FIELDS = 200
"""Fields that a page takes in one request."""
MOST_ANSWER_FIELDS = 180
"""Of those, what answers may need; the rest is for the pages' own fields."""


def most_fields(edition: Edition) -> int:
    """Fields of the largest form of the edition, with everything ticked and typed."""
    fullest = {
        max(
            (s.code for s in edition.programme.of_round(r.code)),
            key=lambda code: _fields(personal_form(edition, frozenset({code}))),
            default="",
        )
        for r in edition.programme.rounds
    }
    return _fields(personal_form(edition, frozenset(fullest)))


def _fields(form: PersonalForm) -> int:
    return len(form.elsewhere()) + sum(_fields_of(q.item) for q in form.questions())


def _fields_of(item: Item) -> int:
    # Every tick of a multiple choice is sent as a field of its own, whether the law allows them together or not.
    ticks = len(items.choices(item)) - 1 if isinstance(item, MultipleChoice) else 0
    return ticks + len(items.field_names(item, ""))
