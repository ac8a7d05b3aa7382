"""The law of each kind of question."""

from __future__ import annotations

import pytest

from survey.model import items
from survey.model.items import NO_ANSWER, NOT_ATTENDED, OTHER, Answer, Item
from tests.model.congress import (
    AGAIN,
    CHANGE,
    CHANNELS,
    FORMAT,
    OVERALL,
    RECOMMEND,
    REMARK,
    TOPICS,
)


@pytest.mark.parametrize(
    ("item", "fields", "answer"),
    [
        (OVERALL, {"q": ["4"]}, Answer(("4",))),
        (OVERALL, {}, None),
        (OVERALL, {"q": [""]}, None),
        (CHANNELS, {"q": ["mail", "press"]}, Answer(("mail", "press"))),
        (CHANNELS, {"q-text": [" Radio \r\n"]}, Answer((OTHER,), "Radio")),
        (TOPICS, {"q-1": ["city"], "q-2": [""], "q-3": ["data"]}, Answer(("city", "data"))),
        (CHANGE, {"q": ["a\r\nb\u202e\x00"]}, Answer((), "a\nb")),
        (CHANGE, {"q": ["a\tb"]}, Answer((), "a b")),
        (CHANGE, {"q": ["  \n "]}, None),
    ],
)
def test_reading_gives_the_answer_as_sent(
    item: Item, fields: dict[str, list[str]], answer: Answer | None
) -> None:
    assert items.read(item, "q", fields) == answer


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (OVERALL, Answer(("5",))),
        (OVERALL, Answer(("1",))),
        (OVERALL, Answer((NO_ANSWER,))),
        (RECOMMEND, Answer(("0",))),
        (RECOMMEND, Answer(("10",))),
        (FORMAT, Answer((NO_ANSWER,))),
        (CHANNELS, Answer(("none",))),
        (CHANNELS, Answer(("mail", OTHER), "x" * 200)),
        (AGAIN, Answer(("dont_know",))),
        (TOPICS, Answer(("data", "city", "work"))),
        (CHANGE, Answer((), "x" * 20)),
    ],
)
def test_answers_on_the_scale_are_allowed(item: Item, answer: Answer) -> None:
    assert items.check(item, answer, place="q") == ()


@pytest.mark.proves("S13")
@pytest.mark.parametrize(
    ("item", "answer", "place"),
    [
        (OVERALL, Answer(("6",)), "q"),
        (OVERALL, Answer(("0",)), "q"),
        (OVERALL, Answer(("5", "4")), "q"),
        (OVERALL, Answer((NOT_ATTENDED,)), "q"),
        (OVERALL, Answer(("5",), "text"), "q"),
        (RECOMMEND, Answer(("11",)), "q"),
        (RECOMMEND, Answer(("-1",)), "q"),
        (FORMAT, Answer(("hybrid",)), "q"),
        (CHANNELS, Answer(("none", "mail")), "q"),
        (CHANNELS, Answer((NO_ANSWER,)), "q"),
        (CHANNELS, Answer((OTHER,), "x" * 201), "q-text"),
        (AGAIN, Answer(("maybe",)), "q"),
        (TOPICS, Answer(("data", "city", "data")), "q-3"),
        (TOPICS, Answer(("data", "city", "work", "village")), "q"),
        (CHANGE, Answer((), "x" * 21), "q"),
    ],
)
def test_answers_off_the_scale_are_refused_at_their_place(
    item: Item, answer: Answer, place: str
) -> None:
    assert [p.place for p in items.check(item, answer, place="q")] == [place]


def test_not_attended_is_allowed_only_where_it_is_offered() -> None:
    absent = Answer((NOT_ATTENDED,))

    assert items.check(OVERALL, absent, place="q", may_be_absent=True) == ()


@pytest.mark.parametrize(
    ("item", "answer", "values"),
    [
        (OVERALL, Answer(("4",)), ("4", "_n")),
        (OVERALL, Answer((NO_ANSWER,)), (NO_ANSWER,)),
        (OVERALL, Answer((NOT_ATTENDED,)), (NOT_ATTENDED,)),
        (RECOMMEND, Answer(("10",)), ("10", "_n")),
        (CHANNELS, Answer(("mail", OTHER), "Radio"), ("mail", OTHER, "_n")),
        (TOPICS, Answer(("data", "city")), ("data", "city", "data@1", "_n")),
        (REMARK, Answer((), "Danke"), ("_n",)),
    ],
)
def test_a_tally_counts_codes_and_the_base_but_never_texts(
    item: Item, answer: Answer, values: tuple[str, ...]
) -> None:
    assert items.tally(item, answer) == values


def test_the_better_half_of_a_scale_is_positive_and_its_middle_neutral() -> None:
    assert (OVERALL.positive, OVERALL.neutral) == (("5", "4"), "3")
