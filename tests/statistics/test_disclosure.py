from __future__ import annotations

import pytest

from survey.errors import ImpossibleCounts
from survey.statistics.disclosure import (
    Showing,
    announced_responses,
    is_complement_safe,
    is_large_enough,
    is_republication_safe,
    is_unanimous,
    showing,
    subgroup_showing,
)


@pytest.mark.parametrize(
    ("answered", "eligible", "large_enough"),
    [(5, 10, True), (4, 10, False), (5, 9, False), (5, None, True), (4, None, False)],
)
def test_a_group_needs_five_answers_of_ten_persons(
    answered: int, eligible: int | None, *, large_enough: bool
) -> None:
    assert is_large_enough(answered, eligible=eligible) is large_enough


@pytest.mark.parametrize(("answered", "eligible"), [(-1, 10), (11, 10), (-1, None)])
def test_impossible_groups_are_refused(answered: int, eligible: int | None) -> None:
    with pytest.raises(ImpossibleCounts):
        is_large_enough(answered, eligible=eligible)


@pytest.mark.parametrize(
    ("part", "safe"), [(21, True), (20, False), (17, False), (16, True), (0, True)]
)
def test_a_complement_is_nobody_or_five(part: int, *, safe: bool) -> None:
    assert is_complement_safe(part, 21) is safe


@pytest.mark.parametrize(("part", "whole"), [(-1, 21), (22, 21)])
def test_impossible_parts_are_refused(part: int, whole: int) -> None:
    with pytest.raises(ImpossibleCounts):
        is_complement_safe(part, whole)


@pytest.mark.parametrize(
    ("counts", "answered", "eligible", "shown"),
    [
        ((0, 0, 1, 2, 1), 4, 21, Showing.WITHHELD),
        ((0, 0, 1, 2, 2), 5, 9, Showing.WITHHELD),
        ((0, 0, 1, 2, 2), 5, 10, Showing.FIGURES),
        ((0, 0, 0, 0, 20), 20, 21, Showing.FIGURES),
        ((0, 0, 0, 0, 21), 21, 21, Showing.WORDS),
        ((0, 0, 0, 1, 20), 21, 21, Showing.FIGURES),
        ((0, 0, 0, 0, 21), 21, None, Showing.WORDS),
        ((21, 15, 2), 21, 21, Showing.WORDS),
    ],
    ids=[
        "four answers",
        "nine persons",
        "enough",
        "unanimous but one silent",
        "unanimous and complete",
        "one dissents",
        "unanimous and unknown population",
        "an option everybody ticked",
    ],
)
def test_a_result_is_shown_in_figures_in_words_or_not_at_all(
    counts: tuple[int, ...], answered: int, eligible: int | None, shown: Showing
) -> None:
    assert showing(counts, answered, eligible=eligible) is shown


@pytest.mark.parametrize(
    ("counts", "eligible", "shown"),
    [
        ((0, 0, 0, 4, 5), 20, Showing.WITHHELD),
        ((0, 0, 0, 10, 10), 20, Showing.WORDS),
        ((0, 0, 1, 9, 10), 20, Showing.FIGURES),
        ((0, 0, 0, 10, 10), 21, Showing.FIGURES),
    ],
    ids=["nine answers", "nobody displeased", "one undecided", "one silent"],
)
def test_a_subgroup_needs_ten_answers_and_somebody_displeased(
    counts: tuple[int, ...], eligible: int, shown: Showing
) -> None:
    found = subgroup_showing(counts, sum(counts), positive=sum(counts[-2:]), eligible=eligible)

    assert found is shown


def test_thresholds_can_be_raised() -> None:
    assert showing((3, 4), 7, eligible=20) is Showing.FIGURES
    assert showing((3, 4), 7, eligible=20, threshold=8) is Showing.WITHHELD


def test_thresholds_are_never_lowered() -> None:
    with pytest.raises(ImpossibleCounts) as refusal:
        showing((2, 2), 4, eligible=20, threshold=4)

    assert refusal.value.counts == {"threshold": 4, "smallest": 5}


def test_nobody_is_unanimous_about_nothing_they_chose() -> None:
    assert not is_unanimous((3, 4), 7, eligible=7)


@pytest.mark.parametrize(
    ("before", "after", "safe"), [(14, 15, False), (14, 14, False), (14, 19, True), (19, 14, True)]
)
def test_a_second_table_differs_by_enough_persons(before: int, after: int, *, safe: bool) -> None:
    assert is_republication_safe(before, after) is safe


@pytest.mark.parametrize(("responses", "announced"), [(0, 0), (4, 0), (5, 5), (14, 10), (15, 15)])
@pytest.mark.proves("U36")
def test_responses_are_announced_rounded_down_to_five(responses: int, announced: int) -> None:
    assert announced_responses(responses) == announced
