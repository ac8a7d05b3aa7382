"""Themes of texts: codes that stay, and counts that give nobody away."""

from __future__ import annotations

import pytest

from survey.language.wording import Wording
from survey.model.tally import KeptText
from survey.model.theme import Theme, theme_code, theme_counts

FOOD = Theme("essen", Wording("Essen"))


def texts(number: int, *, item: str = "change", session: str = "") -> tuple[KeptText, ...]:
    return tuple(KeptText(f"{session}{item}{n}", session, item, "Text") for n in range(number))


def coding(*found: KeptText) -> dict[str, frozenset[str]]:
    return {text.id: frozenset({FOOD.code}) for text in found}


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Mehr Zeit für Austausch", [], "mehr-zeit-fuer-austausch"),
        ("Größe & Räume", [], "groesse-raeume"),
        ("Café", [], "cafe"),
        ("Essen", ["essen"], "essen-2"),
        ("Essen", ["essen", "essen-2"], "essen-3"),
        ("…", [], "thema"),
        ("a" * 90, [], "a" * 40),
    ],
)
def test_a_code_is_made_from_the_name_and_is_new(name: str, taken: list[str], code: str) -> None:
    assert theme_code(name, taken=taken) == code


@pytest.mark.parametrize(("spoken", "told"), [(4, []), (5, [5]), (15, [15]), (16, []), (20, [20])])
def test_a_theme_is_told_if_it_and_the_rest_are_enough(spoken: int, told: list[int]) -> None:
    kept = texts(20)

    found = theme_counts([FOOD], kept, coding(*kept[:spoken]), threshold=5)

    assert [count.texts for count in found] == told


def test_texts_to_several_questions_may_be_of_few_people() -> None:
    first, second = texts(10, item="a"), texts(10, item="b")

    found = theme_counts([FOOD], (*first, *second), coding(*first[:4], *second[:4]), threshold=5)

    assert found == ()


def test_texts_about_several_sessions_may_be_of_few_people() -> None:
    first, second = texts(10, session="ws01"), texts(10, session="ws02")

    few = theme_counts([FOOD], (*first, *second), coding(*first[:4], *second[:4]), threshold=5)
    enough = theme_counts([FOOD], (*first, *second), coding(*first[:5], *second[:4]), threshold=5)

    assert (few, [count.texts for count in enough]) == ((), [9])


def test_the_most_frequent_theme_comes_first() -> None:
    kept = texts(30)
    time = Theme("zeit", Wording("Zeit"))
    both = coding(*kept[:6]) | {text.id: frozenset({"zeit"}) for text in kept[6:15]}

    found = theme_counts([FOOD, time], kept, both, threshold=5)

    assert [(count.code, count.texts) for count in found] == [("zeit", 9), ("essen", 6)]
