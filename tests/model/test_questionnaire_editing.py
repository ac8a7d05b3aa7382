"""Rearranging a questionnaire: what moves, what stays, what goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.language.wording import Wording
from survey.model.event import Breakdown, Pair
from survey.model.items import YesNo
from survey.model.questionnaire import Questionnaire, Section
from survey.model.questionnaire_editing import (
    DOWN,
    UP,
    groupings,
    with_item,
    with_item_changed,
    with_item_in,
    with_item_moved,
    with_questionnaire,
    with_section,
    with_section_moved,
    without_item,
    without_section,
)
from tests.events import congress


def _item(code: str) -> YesNo:
    return YesNo(code=code, wording=Wording(f"{code}?"))


QUESTIONNAIRE = Questionnaire(
    (
        Section("one", Wording("Eins"), (_item("a"), _item("b"), _item("c"))),
        Section("two", Wording("Zwei"), (_item("d"),)),
    )
)


def order(questionnaire: Questionnaire) -> str:
    """``one:abc two:d``."""
    return " ".join(f"{s.code}:{''.join(i.code for i in s.items)}" for s in questionnaire.sections)


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("a", UP, "one:abc two:d"),
        ("b", UP, "one:bac two:d"),
        ("c", UP, "one:acb two:d"),
        ("a", DOWN, "one:bac two:d"),
        ("c", DOWN, "one:abc two:d"),
        ("d", DOWN, "one:abc two:d"),
    ],
)
def test_a_question_moves_within_its_section(code: str, by: int, expected: str) -> None:
    assert order(with_item_moved(QUESTIONNAIRE, code, by=by)) == expected


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("one", UP, "one:abc two:d"),
        ("one", DOWN, "two:d one:abc"),
        ("two", UP, "two:d one:abc"),
        ("two", DOWN, "one:abc two:d"),
    ],
)
def test_a_section_moves_with_its_questions(code: str, by: int, expected: str) -> None:
    assert order(with_section_moved(QUESTIONNAIRE, code, by=by)) == expected


def test_a_question_goes_to_the_end_of_another_section() -> None:
    assert order(with_item_in(QUESTIONNAIRE, "a", section="two")) == "one:bc two:da"


def test_questions_and_sections_come_change_and_go() -> None:
    longer = with_item(QUESTIONNAIRE, _item("e"), section="two")
    changed = with_item_changed(longer, replace(_item("e"), is_required=True))

    assert order(longer) == "one:abc two:de"
    assert changed.item("e").is_required
    assert order(without_item(longer, "d")) == "one:abc two:e"
    assert order(without_section(longer, "one")) == "two:de"
    assert order(with_section(longer, Section("new", Wording("Neu"), ()))) == "one:abc two:de new:"


@pytest.mark.parametrize("code", ["e", "one", ""])
def test_a_question_that_is_not_there_is_no_question(code: str) -> None:
    with pytest.raises(KeyError):
        with_item_moved(QUESTIONNAIRE, code, by=UP)
    with pytest.raises(KeyError):
        without_item(QUESTIONNAIRE, code)


def test_groupings_go_with_their_question_and_only_with_it() -> None:
    edition = replace(
        congress(),
        questionnaire=QUESTIONNAIRE,
        breakdown=Breakdown("a"),
        pairs=(Pair("b", "a"), Pair("c", "b")),
    )
    assert [groupings(edition, code) for code in "abcd"] == [2, 2, 1, 0]

    changed = with_questionnaire(edition, without_item(QUESTIONNAIRE, "a"))

    assert changed.breakdown is None
    assert changed.pairs == (Pair("c", "b"),)
