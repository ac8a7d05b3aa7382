"""What responses tell, heard one by one, is what the law and the tally make of them."""

from __future__ import annotations

import pytest

from survey.model.answering import could_have_sent
from survey.model.items import NO_ANSWER, NOT_ATTENDED, Answer
from survey.model.response import Response, decode_rows
from survey.model.told import Listener
from tests.model.congress import CONGRESS

ABSENT = Answer((NOT_ATTENDED,))
GOOD = Answer(("5",))


@pytest.mark.proves("S13")
@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"overall": GOOD, "a1--rating": GOOD},
        {"overall": Answer(("6",))},
        {"overall": Answer(("5", "4"))},
        {"overall": Answer(("5",), "und noch ein Wort")},
        {"gone": GOOD},
        {"x9--rating": GOOD},
        {"a1--rating": GOOD, "a2--rating": GOOD},
        {"a1--rating": ABSENT, "a2--rating": GOOD},
        {"a1--rating": GOOD, "b2--rating": GOOD},
        {"a1--rating": Answer((NO_ANSWER,)), "a2--rating": GOOD},
        {"overall": ABSENT},
        {"change": Answer(text="x" * 20)},
        {"change": Answer(text="x" * 2000)},
        {"a1--remark": Answer(text="")},
    ],
    ids=str,
)
def test_what_is_heard_is_lawful_if_somebody_could_have_sent_it(answers: dict[str, Answer]) -> None:
    listener = Listener(CONGRESS)
    response = Response(answers)

    twice = [listener.is_lawful(listener.hear_response(response)) for _ in range(2)]

    assert twice == [not could_have_sent(CONGRESS, response)] * 2


def test_people_who_told_the_same_are_told_by_the_same_object() -> None:
    listener = Listener(CONGRESS)

    one, other = (
        listener.hear_response(Response({"overall": GOOD, "change": Answer(text=text)}))
        for text in ("mehr", "weniger")
    )

    assert list(one.told.values()) == list(other.told.values())
    assert (one.texts, other.texts) == ((("change", "mehr"),), (("change", "weniger"),))


def test_an_answer_that_stands_twice_in_a_box_is_heard_once() -> None:
    rows = decode_rows(b'\x01[["overall",["4"],""],["overall",["5"],""]]')

    heard = Listener(CONGRESS).hear(rows)

    assert [one.choices for one in heard.told.values()] == [("5",)]


@pytest.mark.parametrize("rows", ["[1]", '[["overall",null,""]]', '[["overall",[[1]],""]]', "7"])
def test_what_is_no_response_is_not_heard(rows: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        Listener(CONGRESS).hear(decode_rows(b"\x01" + rows.encode()))
