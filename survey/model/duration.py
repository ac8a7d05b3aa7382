"""How long a form takes, as people are told before they open it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from survey.model.items import LongText, ShortText

if TYPE_CHECKING:
    from survey.model.personal_form import PersonalForm

SECONDS_TO_CHOOSE = 8
SECONDS_TO_WRITE = 20
"""Most people leave a free text empty; those who write take longer."""
FEWEST_MINUTES = 2


def minutes_to_answer(form: PersonalForm) -> int:
    """Minutes that the questions about this person's own sessions and the event take, rounded up."""
    questions = [
        question
        for section in form.sections
        for question in (
            *section.questions,
            *(q for part in section.parts for q in part.questions),
        )
    ]
    seconds = sum(
        SECONDS_TO_WRITE if isinstance(q.item, ShortText | LongText) else SECONDS_TO_CHOOSE
        for q in questions
    )
    return max(FEWEST_MINUTES, ceil(seconds / 60))
