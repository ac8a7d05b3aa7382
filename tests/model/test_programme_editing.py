"""Moving, adding and removing parts of a programme."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.language.wording import Wording
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.programme_editing import (
    Step,
    blocks,
    free_round_code,
    free_session_code,
    moved_round,
    moved_session,
    with_changed_session,
    with_session,
    without_round,
    without_session,
)
from tests.events import congress

PROGRAMME = congress().programme
NEW = Session("new", Wording("Neu"), SessionKind.WORKSHOP)


def order(programme: Programme) -> str:
    """The codes in order, rounds too."""
    return (
        " ".join(s.code for s in programme.sessions)
        + " | "
        + " ".join(r.code for r in programme.rounds)
    )


def test_a_programme_is_rounds_and_sessions_for_everybody() -> None:
    found = [
        (b.round.code if b.round else "", [s.code for s in b.sessions]) for b in blocks(PROGRAMME)
    ]

    assert found == [
        ("", ["greeting"]),
        ("", ["keynote"]),
        ("round1", ["ws01", "ws02"]),
        ("round2", ["ws03", "ws04"]),
    ]


@pytest.mark.parametrize(
    ("code", "step", "expected"),
    [
        ("keynote", -1, "keynote greeting ws01 ws02 ws03 ws04 | round1 round2"),
        ("greeting", -1, "greeting keynote ws01 ws02 ws03 ws04 | round1 round2"),
        ("keynote", 1, "greeting ws01 ws02 keynote ws03 ws04 | round1 round2"),
        ("ws02", -1, "greeting keynote ws02 ws01 ws03 ws04 | round1 round2"),
        ("ws02", 1, "greeting keynote ws01 ws02 ws03 ws04 | round1 round2"),
        ("ws03", -1, "greeting keynote ws01 ws02 ws03 ws04 | round1 round2"),
    ],
)
def test_a_session_moves_one_place_and_never_out_of_its_round(
    code: str, step: Step, expected: str
) -> None:
    assert order(moved_session(PROGRAMME, code, step)) == expected


@pytest.mark.parametrize(
    ("code", "step", "expected"),
    [
        ("round2", -1, "greeting keynote ws03 ws04 ws01 ws02 | round2 round1"),
        ("round1", -1, "greeting ws01 ws02 keynote ws03 ws04 | round1 round2"),
        ("round2", 1, "greeting keynote ws01 ws02 ws03 ws04 | round1 round2"),
    ],
)
def test_a_round_moves_with_its_sessions(code: str, step: Step, expected: str) -> None:
    assert order(moved_round(PROGRAMME, code, step)) == expected


def test_scattered_sessions_of_a_round_come_together_when_something_moves() -> None:
    by_code = {s.code: s for s in PROGRAMME.sessions}
    scattered = replace(
        PROGRAMME, sessions=tuple(by_code[c] for c in ("ws01", "ws03", "keynote", "ws02", "ws04"))
    )

    assert (
        order(moved_session(scattered, "keynote", -1))
        == "ws01 ws02 keynote ws03 ws04 | round1 round2"
    )


def test_a_new_session_comes_last_in_its_round_or_in_the_programme() -> None:
    assert order(with_session(PROGRAMME, replace(NEW, round="round1"))).startswith(
        "greeting keynote ws01 ws02 new ws03"
    )
    assert order(with_session(PROGRAMME, NEW)).startswith(
        "greeting keynote ws01 ws02 ws03 ws04 new"
    )


def test_with_a_new_round_a_person_may_book_one_more() -> None:
    round3 = Round("round3", Wording("Runde 3"))

    grown = with_session(PROGRAMME, replace(NEW, round="round3"), new_round=round3)

    assert order(grown).endswith("new | round1 round2 round3")
    assert grown.most_sessions_per_person == 3


def test_who_may_book_fewer_than_there_are_rounds_still_may_book_as_many() -> None:
    three = with_session(
        replace(PROGRAMME, most_sessions_per_person=1),
        replace(NEW, round="round3"),
        new_round=Round("round3", Wording("Runde 3")),
    )

    assert three.most_sessions_per_person == 1


def test_the_last_session_takes_its_round_along() -> None:
    one_left = without_session(without_session(PROGRAMME, "ws03"), "ws04")

    assert order(one_left) == "greeting keynote ws01 ws02 | round1"
    assert one_left.most_sessions_per_person == 1


def test_a_round_goes_with_all_its_sessions() -> None:
    assert order(without_round(PROGRAMME, "round1")) == "greeting keynote ws03 ws04 | round2"


def test_a_changed_session_keeps_its_place_unless_its_round_changes() -> None:
    ws01 = PROGRAMME.session("ws01")

    renamed = with_changed_session(PROGRAMME, replace(ws01, title=Wording("Anders")))
    moved = with_changed_session(PROGRAMME, replace(ws01, round="round2"))

    assert order(renamed) == order(PROGRAMME)
    assert renamed.session("ws01").title == Wording("Anders")
    assert order(moved) == "greeting keynote ws02 ws03 ws04 ws01 | round1 round2"


def test_free_codes_go_on_counting() -> None:
    assert free_session_code(PROGRAMME, SessionKind.WORKSHOP) == "ws05"
    assert free_session_code(PROGRAMME, SessionKind.KEYNOTE) == "keynote2"
    assert free_session_code(Programme(), SessionKind.DISCUSSION) == "discussion"
    assert free_round_code(PROGRAMME) == "round3"
    assert free_round_code(replace(PROGRAMME, rounds=PROGRAMME.rounds[1:])) == "round3"
