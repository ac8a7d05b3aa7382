"""How long a form takes, as people are told before they open it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from survey.model.items import LongText, ShortText
from survey.model.personal_form import personal_form

if TYPE_CHECKING:
    from survey.model.event import Edition
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


def longest_booking(edition: Edition) -> frozenset[str]:
    """What a person books who is asked the most: in each round the session with the most questions."""
    asked = [
        max(sessions, key=lambda s: len(edition.questionnaire.session_items(s.kind)))
        for round_ in edition.programme.rounds
        if (sessions := edition.programme.of_round(round_.code))
    ]
    asked.sort(key=lambda s: len(edition.questionnaire.session_items(s.kind)), reverse=True)
    return frozenset(s.code for s in asked[: edition.programme.most_sessions_per_person])


def longest_minutes(edition: Edition) -> int:
    """Minutes for the person who is asked the most."""
    return minutes_to_answer(personal_form(edition, longest_booking(edition)))
