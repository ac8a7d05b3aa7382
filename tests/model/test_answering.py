"""The form of one person, and what may be kept of what it sends."""

from __future__ import annotations

import pytest

from survey.errors import AnswerRefused
from survey.model.answering import could_have_sent, fields_of, read_response
from survey.model.items import NO_ANSWER, NOT_ATTENDED, Answer
from survey.model.personal_form import largest_response, personal_form
from survey.model.response import Response, decode_response
from tests.model.congress import CONGRESS, with_cancelled

FORM = personal_form(CONGRESS, frozenset({"a1", "b2"}))
ABSENT = Answer((NOT_ATTENDED,))


def test_a_form_asks_about_booked_sessions_first_and_then_those_for_everybody() -> None:
    parts = [p.session.code for s in FORM.sections for p in s.parts]

    assert parts == ["a1", "b2", "key"]


def test_a_form_offers_the_other_sessions_of_each_round() -> None:
    others = {o.round.code: [s.code for s in o.sessions] for o in FORM.elsewhere()}

    assert others == {"one": ["a2"], "two": ["b1"]}


def test_a_page_drawn_before_a_session_was_cancelled_can_still_be_sent() -> None:
    fields = {"overall": ["5"], "a1--rating": ["4"], "a1--remark": ["Schade."]}
    before = read_response(FORM, fields)
    form = personal_form(with_cancelled(CONGRESS, "a1"), frozenset({"a1", "b2"}))

    after = read_response(form, fields)

    assert set(before.answers) == {"overall", "a1--rating", "a1--remark"}
    assert set(after.answers) == {"overall"}
    with pytest.raises(AnswerRefused):
        read_response(form, {"overall": ["5"], "a9--rating": ["4"]})


def test_a_cancelled_session_is_not_asked_about() -> None:
    form = personal_form(with_cancelled(CONGRESS, "a1"), frozenset({"a1"}))

    assert [p.session.code for s in form.sections for p in s.parts] == ["key"]
    assert [[s.code for s in o.sessions] for o in form.elsewhere()] == [["a2"], ["b1", "b2"]]


def test_only_the_first_rating_of_a_session_offers_not_attended() -> None:
    offering = [q.name for q in FORM.questions() if q.may_be_absent]

    assert offering == ["a1--rating", "b2--rating", "key--rating"]


def test_reading_keeps_general_and_session_answers_by_key() -> None:
    response = read_response(FORM, {"overall": ["5"], "a1--rating": ["2"], "a1--remark": ["gut"]})

    assert response == Response(
        {
            "overall": Answer(("5",)),
            "a1--rating": Answer(("2",)),
            "a1--remark": Answer((), "gut"),
        }
    )


def test_who_was_elsewhere_is_counted_there_and_absent_where_booked() -> None:
    fields = {"elsewhere--one": ["a2"], "elsewhere--one--rating": ["4"]}

    response = read_response(FORM, fields)

    assert response.answers == {"a2--rating": Answer(("4",)), "a1--rating": ABSENT}


def test_naming_another_session_without_rating_it_still_counts_as_being_there() -> None:
    response = read_response(FORM, {"elsewhere--two": ["b1"]})

    assert response.answers == {"b1--rating": Answer((NO_ANSWER,)), "b2--rating": ABSENT}


@pytest.mark.proves("S13")
@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({}, [""]),
        ({"overall": ["9"]}, ["overall"]),
        ({"overall": ["5"], "unknown": ["x"]}, [""]),
        ({"overall": ["5"], "a2--rating": ["5"]}, [""]),
        ({"a1--rating": ["5"], "elsewhere--one": ["a2"]}, ["elsewhere--one"]),
        ({"elsewhere--one--rating": ["5"]}, ["elsewhere--one"]),
        ({"elsewhere--one": ["b1"]}, ["elsewhere--one"]),
        ({"elsewhere--one": ["a1"]}, ["elsewhere--one"]),
        ({"a1--rating": [NOT_ATTENDED], "a1--remark": ["gut"]}, ["a1--rating"]),
        ({"overall": ["9"], "recommend": ["11"]}, ["overall", "recommend"]),
    ],
    ids=[
        "nothing at all",
        "off the scale",
        "unknown question",
        "a session that was not booked",
        "two sessions in a round",
        "rated elsewhere without saying where",
        "a session of another round",
        "the booked session as another one",
        "absent and yet answering",
        "every problem at once",
    ],
)
def test_what_breaks_the_law_is_refused_with_every_problem(
    fields: dict[str, list[str]], places: list[str]
) -> None:
    with pytest.raises(AnswerRefused) as refused:
        read_response(FORM, fields)

    assert [p.place for p in refused.value.problems] == places


def test_fields_of_a_response_send_the_same_response_again() -> None:
    sent = {
        "overall": ["4"],
        "channels": ["mail", "other"],
        "channels-text": ["Radio"],
        "topics_wanted-1": ["data"],
        "change": ["Mehr Pausen"],
        "b2--rating": [NOT_ATTENDED],
        "elsewhere--one": ["a2"],
        "elsewhere--one--remark": ["Danke"],
    }
    response = read_response(FORM, sent)

    again = read_response(FORM, fields_of(FORM, response))

    assert again == response


def test_a_response_survives_its_box() -> None:
    response = read_response(FORM, {"overall": ["4"], "change": ["Ä\n„“ \U0001f600"]})

    assert decode_response(response.encode()) == response


def test_no_valid_response_is_larger_than_the_largest() -> None:
    emoji = "\U0001f600"
    everything = {
        "overall": [NO_ANSWER],
        "recommend": [NO_ANSWER],
        "next_format": [NO_ANSWER],
        "channels": ["mail", "press", "other"],
        "channels-text": [emoji * 200],
        "again": ["dont_know"],
        "topics_wanted-1": ["village"],
        "topics_wanted-2": ["city"],
        "topics_wanted-3": ["work"],
        "change": [emoji * 20],
        **{f"{s}--rating": ["5"] for s in ("a1", "b2", "key")},
        **{f"{s}--remark": [emoji * 10] for s in ("a1", "b2", "key")},
    }

    assert len(read_response(FORM, everything).encode()) <= largest_response(CONGRESS)


@pytest.mark.proves("S13")
@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ({"overall": Answer(("5",)), "a1--rating": Answer(("5",))}, 0),
        ({"overall": Answer(("6",))}, 1),
        ({"gone": Answer(("5",))}, 1),
        ({"x9--rating": Answer(("5",))}, 1),
        ({"a1--rating": Answer(("5",)), "a2--rating": Answer(("5",))}, 1),
        ({"a1--rating": ABSENT, "a2--rating": Answer(("5",))}, 0),
    ],
)
def test_the_law_holds_again_at_the_count(answers: dict[str, Answer], count: int) -> None:
    assert len(could_have_sent(CONGRESS, Response(answers))) == count
