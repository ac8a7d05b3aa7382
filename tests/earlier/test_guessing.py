"""Which answer of another tool seems to be which of ours."""

from __future__ import annotations

import pytest

from survey.earlier.guessing import guess_answers, in_order
from survey.model.foreign_survey import Manner, TheirAnswer, TheirQuestion
from survey.model.our_questions import OurQuestion
from tests.earlier.example import overall

CODES = [choice.code for choice in overall().choices]


def places(*labels: str, best: str) -> dict[str, int]:
    """The place on our scale of each answer with that label, the best being the first."""
    question = TheirQuestion(
        key="q",
        text="Gesamteindruck",
        manner=Manner.ONE,
        answers=tuple(TheirAnswer(label, label, 7) for label in labels),
    )
    our = OurQuestion("overall", overall(), "2020")
    mapped = in_order(question, our, guess_answers(question, our, is_complete=False), best=best)
    return {value: CODES.index(code) + 1 for value, code in mapped.answers}


@pytest.mark.parametrize(
    ("labels", "best", "expected"),
    [
        (("1", "2", "3", "4", "5"), "first", {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}),
        (("1", "2", "3", "4", "5"), "last", {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}),
        (("1", "2", "3", "5"), "first", {"1": 1, "2": 2, "3": 3, "5": 5}),
        (("1", "2"), "first", {"1": 1, "2": 2}),
        (("1", "2"), "last", {"1": 5, "2": 4}),
        (("0", "1", "2", "5"), "first", {"1": 1, "2": 2, "5": 5}),
        (("0", "1", "2", "3", "4"), "first", {"0": 1, "1": 2, "2": 3, "3": 4, "4": 5}),
        (("A1", "A2", "A3", "A4", "A5"), "last", {"A1": 5, "A2": 4, "A3": 3, "A4": 2, "A5": 1}),
    ],
)
def test_numbers_keep_their_place_where_nobody_chose_some_answer(
    labels: tuple[str, ...], best: str, expected: dict[str, int]
) -> None:
    assert places(*labels, best=best) == expected
