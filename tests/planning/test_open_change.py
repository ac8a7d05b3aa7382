"""The overall rating, where nobody can tell whether it changed, and how many answers would have told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.finding_words import FindingWords
from survey.comparing.comparison import compare
from survey.comparing.series import find_series
from survey.model.comparison import Verdict
from survey.model.items import ANSWERED
from survey.model.workplace import MAIN_ORGANISATION
from survey.planning.open_change import distributed_alike, open_change
from tests.comparing.counted_series import congress_of, store_counted
from tests.events import congress

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.comparison import Comparison

POINTS = ("very_good", "good", "fair", "poor", "very_poor")


def overall(*numbers: int) -> dict[str, dict[str, int]]:
    """How many gave each of the five answers, the best first."""
    counts = dict(zip(POINTS, numbers, strict=True))
    return {"overall": {**counts, ANSWERED: sum(numbers)}}


def two_years(
    inst: Installation, before: tuple[int, ...], now: tuple[int, ...], *, invited: int = 1000
) -> Comparison:
    """The congress of 2018 and of 2019, in which so many gave each answer."""
    for year, numbers in ((2018, before), (2019, now)):
        store_counted(
            inst,
            congress_of(year),
            invited=invited,
            answered=sum(numbers),
            general=overall(*numbers),
        )
    return compare(inst, find_series(inst, MAIN_ORGANISATION, congress().series))


def test_an_open_change_tells_how_many_answers_would_have_told_it(inst: Installation) -> None:
    comparison = two_years(inst, (60, 120, 80, 30, 10), (18, 26, 13, 5, 2))

    (found,) = open_change(comparison)

    assert comparison.line("overall").change.verdict in {Verdict.UNCLEAR, Verdict.HINT}
    assert (
        FindingWords("de")
        .statement(found.statement)
        .startswith(
            "„Wie war der Kongress?“: Ob es besser oder schlechter war als 2018, ist offen (Spanne "
        )
    )
    assert found.answers_had == 64
    assert found.answers_needed is not None
    assert 64 < found.answers_needed <= 1000


def test_with_that_many_answers_it_is_told(inst: Installation) -> None:
    before, now = (60, 120, 80, 30, 10), (18, 26, 13, 5, 2)
    (found,) = open_change(two_years(inst, before, now))
    assert found.answers_needed is not None
    later = replace(congress_of(2020), series="Noch eine Reihe", name="b2020")
    for edition, numbers in (
        (replace(congress_of(2017), series="Noch eine Reihe", name="b2017"), before),
        (later, distributed_alike(now, found.answers_needed)),
    ):
        store_counted(inst, edition, invited=1000, answered=sum(numbers), general=overall(*numbers))

    told = compare(inst, find_series(inst, MAIN_ORGANISATION, "Noch eine Reihe"))

    assert told.line("overall").change.verdict is Verdict.BETTER
    assert list(open_change(told)) == []


def test_where_not_even_everybody_would_have_told_it_nothing_is_promised(
    inst: Installation,
) -> None:
    (found,) = open_change(two_years(inst, (3, 5, 4, 2, 1), (6, 8, 5, 1, 0), invited=24))

    assert (found.answers_needed, found.answers_had) == (None, 20)


def test_a_small_open_change_lacks_no_answers(inst: Installation) -> None:
    (found,) = open_change(two_years(inst, (30, 60, 40, 15, 5), (31, 61, 38, 15, 5)))

    assert (found.answers_needed, found.answers_had) == (None, None)


def test_a_change_that_is_told_is_not_open(inst: Installation) -> None:
    assert list(open_change(two_years(inst, (10, 30, 60, 40, 10), (60, 60, 20, 8, 2)))) == []


@given(
    counts=st.lists(st.integers(0, 400), min_size=2, max_size=7).filter(any).map(tuple),
    answers=st.integers(1, 5000),
)
def test_shares_stay_as_they_are_within_one_person(counts: tuple[int, ...], answers: int) -> None:
    found = distributed_alike(counts, answers)

    assert sum(found) == answers
    for before, now in zip(counts, found, strict=True):
        assert abs(now - before * answers / sum(counts)) < 1


@pytest.mark.parametrize("answers", [64, 128])
def test_whole_multiples_keep_the_shares_exactly(answers: int) -> None:
    assert distributed_alike((24, 24, 10, 4, 2), answers) == tuple(
        answers // 64 * count for count in (24, 24, 10, 4, 2)
    )
