from __future__ import annotations

from math import ceil, comb, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.errors import ImpossibleCounts
from survey.model.comparison import Verdict
from survey.statistics.change import Ratings
from survey.statistics.pairs import RatedPair
from survey.statistics.precision import (
    MOST_ANSWERS,
    POWER,
    Turnout,
    answers_to_lead,
    answers_to_see,
    seen_in,
    visible_change,
)
from survey.statistics.printed import whole_points
from survey.statistics.simultaneous import choice_intervals, goodman_intervals
from survey.statistics.verdict import changes

same_every_time = settings(derandomize=True, database=None, deadline=None, max_examples=25)


@pytest.mark.parametrize(
    ("newest", "base", "points", "family"),
    [
        ((12, 20), (14, 24), 60, 1),
        ((11, 12), (13, 14), 30, 3),
        ((14, 18), (12, 16), 45, 2),
        ((12, 12), (11, 12), 20, 2),
        ((12, None), (14, None), 60, 2),
    ],
)
def test_change_is_seen_as_often_as_in_all_samples_of_the_two_editions(
    newest: tuple[int, int | None], base: tuple[int, int | None], points: int, family: int
) -> None:
    everybody = base[1] or 1000
    then = round((0.5 - points / 200) * everybody) / everybody
    now = then + points / 100

    power = sum(
        chance_of(positive, newest, now) * chance_of(older, base, then)
        for positive in range(newest[0] + 1)
        for older in range(base[0] + 1)
        if is_seen(positive, newest, older, base, family=family)
    )

    found = seen_in(points, Turnout(*newest), base=Turnout(*base), family=family)
    # What is rarer than one in two thousand is left out of the promise.
    assert found <= power + 1e-9
    assert found == pytest.approx(power, abs=0.002)


@pytest.mark.parametrize(
    ("newest", "base", "points"),
    [
        (Turnout(60, 120), Turnout(60, 120), 27),
        (Turnout(60, None), Turnout(60, None), 37),
        (Turnout(400, 600), Turnout(400, 600), 9),
        (Turnout(9, 21), Turnout(12, 24), None),
    ],
)
def test_visible_change_is_the_smallest_that_is_seen_in_four_of_five_cases(
    newest: Turnout, base: Turnout, points: int | None
) -> None:
    found = visible_change(newest, base)

    assert found == points
    if found is not None:
        assert seen_in(found, newest, base=base, family=25) >= POWER
        assert seen_in(found - 1, newest, base=base, family=25) < POWER


def test_fewer_questions_make_smaller_changes_visible() -> None:
    turnout = Turnout(60, 120)

    assert [visible_change(turnout, turnout, family=family) for family in (1, 5, 25)] == [
        20,
        24,
        27,
    ]


def test_census_shows_every_change_above_the_threshold() -> None:
    assert visible_change(Turnout(200, 200), Turnout(200, 200)) == 6


@pytest.mark.parametrize("eligible", [120, None])
def test_enough_answers_are_enough(eligible: int | None) -> None:
    base = Turnout(60, 120)

    needed = answers_to_see(30, eligible=eligible, base=base)

    assert needed is not None
    assert seen_in(30, Turnout(needed, eligible), base=base, family=25) >= POWER
    assert seen_in(30, Turnout(needed - 1, eligible), base=base, family=25) < POWER


def test_no_number_of_answers_makes_up_for_the_few_of_the_base() -> None:
    assert answers_to_see(15, eligible=300, base=Turnout(15, 300)) is None
    assert answers_to_see(15, eligible=9, base=Turnout(100, 300)) is None


def test_lead_is_settled_with_the_first_number_whose_intervals_do_not_touch() -> None:
    found = answers_to_lead((40, 30, 20), eligible=300)

    assert found is not None
    assert gap_at(found, eligible=300) > 0
    assert gap_at(found - 1, eligible=300) <= 0


def test_lead_in_an_unknown_population_is_settled_by_goodmans_intervals() -> None:
    found = answers_to_lead((40, 30, 20), eligible=None)

    assert found is not None
    assert gap_at(found, eligible=None) > 0
    assert gap_at(found - 1, eligible=None) <= 0


@pytest.mark.parametrize(
    ("counts", "eligible", "needed"),
    [
        ((40, 40, 20), 300, None),
        ((40, 39, 20), 300, None),
        ((90, 10), 110, 100),
        ((11, 10), 21, 21),
        ((500, 499), None, None),
    ],
    ids=["equal", "the same in whole percent", "settled", "by everybody", "by nobody"],
)
def test_lead_may_be_settled_already_or_never(
    counts: tuple[int, ...], eligible: int | None, needed: int | None
) -> None:
    assert answers_to_lead(counts, eligible=eligible) == needed


@same_every_time
@given(
    st.lists(st.integers(0, 40), min_size=2, max_size=5).filter(any),
    st.none() | st.integers(0, 200),
)
def test_lead_is_settled_by_some_number_of_those_who_could_answer_or_by_none(
    counts: list[int], silent: int | None
) -> None:
    answered = sum(counts)
    eligible = None if silent is None else answered + silent

    needed = answers_to_lead(counts, eligible=eligible)

    most = MOST_ANSWERS if eligible is None else eligible
    assert needed is None or answered <= needed <= most
    assert needed == answers_to_lead(counts[::-1], eligible=eligible)


@pytest.mark.parametrize(("answered", "eligible"), [(0, 9), (10, 9)])
def test_impossible_turnouts_are_refused(answered: int, eligible: int) -> None:
    with pytest.raises(ImpossibleCounts):
        Turnout(answered, eligible)


@pytest.mark.parametrize(("counts", "eligible"), [((0, 0), 9), ((5, 5), 9), ((5,), 9)])
def test_impossible_choices_are_refused(counts: tuple[int, ...], eligible: int) -> None:
    with pytest.raises(ImpossibleCounts):
        answers_to_lead(counts, eligible=eligible)


def is_seen(
    now: int,
    newest: tuple[int, int | None],
    then: int,
    base: tuple[int, int | None],
    *,
    family: int,
) -> bool:
    """Whether a comparison would call it better, or small but measurable, by the threshold or more."""
    pair = RatedPair(
        Ratings((newest[0] - now, now), newest[1]),
        Ratings((base[0] - then, then), base[1]),
        now,
        then,
    )
    unchanged = RatedPair(Ratings((20, 20), 90), Ratings((20, 20), 90), 20, 20)
    change = changes([pair, *[unchanged] * (family - 1)], base="2019")[0][0]
    return change.verdict in {Verdict.BETTER, Verdict.SMALL} and (change.points or 0) >= 5


def chance_of(positive: int, side: tuple[int, int | None], share: float) -> float:
    """How likely so many of the answers are positive."""
    answered, eligible = side
    if eligible is None:
        return comb(answered, positive) * share**positive * (1 - share) ** (answered - positive)
    actual = floor(share * eligible + 1e-9)
    ways = comb(actual, positive) * comb(eligible - actual, answered - positive)
    return ways / comb(eligible, answered)


def gap_at(answers: int, *, eligible: int | None) -> int:
    """How many whole points lie between the two leading options of 40 : 30 : 20 with so many answers."""
    leading, next_best = floor(40 * answers / 90), ceil(30 * answers / 90)
    if eligible is None:
        found = goodman_intervals((leading, next_best, answers - leading - next_best))
        return whole_points(found[0].low) - whole_points(found[1].high)
    limits = choice_intervals(
        (leading, next_best, answers - leading - next_best), eligible=eligible
    )
    return whole_points(limits[0].shares.low) - whole_points(limits[1].shares.high)
