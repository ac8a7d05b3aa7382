from __future__ import annotations

from fractions import Fraction
from math import comb, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.errors import ImpossibleCounts
from survey.statistics.difference import (
    HALF_THE_ERROR_EACH,
    Counted,
    difference,
    difference_bounds,
    difference_chance,
    mover,
    subtracted,
)
from survey.statistics.interval import (
    Interval,
    Share,
    share_interval,
    share_interval_without_population,
)

same_every_time = settings(derandomize=True, database=None, deadline=None, max_examples=60)

HAIR = 1e-9
LARGE = Counted(60, 100, 200)


@st.composite
def counted(draw: st.DrawFn, largest: int = 120) -> Counted:
    answered = draw(st.integers(1, largest))
    silent = draw(st.none() | st.integers(0, largest))
    positive = draw(st.integers(0, answered))
    return Counted(positive, answered, None if silent is None else answered + silent)


def test_difference_is_movers_in_large_editions_with_many_silent() -> None:
    newer, older = Counted(150, 210, 480), Counted(96, 165, 520)

    interval = difference(newer, older)

    assert interval == approximate(newer, older)
    assert (interval.low, interval.high) == pytest.approx((0.0526825, 0.2105815))


@pytest.mark.parametrize(
    ("other", "movers"),
    [
        (Counted(60, 80, 100), True),
        (Counted(60, 79, 99), False),
        (Counted(60, 81, 100), False),
        (Counted(60, 180, 200), True),
        (Counted(60, 181, 200), False),
        (Counted(8, 100, 200), True),
        (Counted(7, 100, 200), False),
        (Counted(92, 100, 200), True),
        (Counted(93, 100, 200), False),
        (Counted(12, 120, 160), True),
        (Counted(11, 120, 160), False),
    ],
    ids=[
        "100 persons",
        "99 persons",
        "19 silent of 100",
        "20 silent",
        "19 silent",
        "8 positive",
        "7 positive",
        "8 negative",
        "7 negative",
        "12 others, a quarter unheard",
        "11 others, a quarter unheard",
    ],
)
def test_difference_is_guaranteed_in_small_nearly_complete_or_unanimous_editions(
    other: Counted, *, movers: bool
) -> None:
    interval = difference(LARGE, other)

    assert (interval == approximate(LARGE, other)) is movers
    assert interval.low <= approximate(LARGE, other).low
    assert interval.high >= approximate(LARGE, other).high


def test_difference_of_unknown_populations_is_movers_on_clopper_and_pearsons_limits() -> None:
    newer, older = Counted(7, 9, None), Counted(1, 12, None)

    assert difference(newer, older) == mover(
        7 / 9,
        1 / 12,
        newer_limits=share_interval_without_population(7, 9),
        older_limits=share_interval_without_population(1, 12),
    )


def test_difference_to_an_unknown_population_keeps_the_guarantee_of_the_small_one() -> None:
    small, endless = Counted(7, 9, 21), Counted(30, 60, None)

    assert difference(small, endless) == subtracted(
        share_interval(Share(7, 9, 21), HALF_THE_ERROR_EACH).shares,
        share_interval_without_population(30, 60, confidence=HALF_THE_ERROR_EACH),
    )


def test_difference_of_a_next_edition_stays_open_after_two_censuses() -> None:
    newer, older = Counted(15, 21, 21), Counted(12, 20, 20)

    assert difference(newer, older).low > 0
    assert difference(newer.without_population, older.without_population).low < 0


def test_difference_bounds_let_all_silent_answer_at_worst_and_at_best() -> None:
    bounds = difference_bounds(Counted(15, 18, 20), Counted(6, 9, 10))

    assert bounds is not None
    assert (bounds.low, bounds.high) == pytest.approx((15 / 20 - 7 / 10, 17 / 20 - 6 / 10))


@pytest.mark.parametrize(
    ("newer", "older"), [((5, 9, 20), (5, 9, None)), ((5, 9, None), (5, 9, 20))]
)
def test_nobody_knows_the_bounds_of_an_unknown_population(
    newer: tuple[int, int, int | None], older: tuple[int, int, int | None]
) -> None:
    assert difference_bounds(Counted(*newer), Counted(*older)) is None


@pytest.mark.parametrize(
    "counts", [(0, 0, 9), (-1, 5, 9), (6, 5, 9), (5, 10, 9)], ids=["none", "below", "over", "N"]
)
def test_impossible_counts_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ImpossibleCounts):
        Counted(*counts)


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ((7, 9, 21), (5, 12, 24)),
        ((30, 40, 90), (10, 35, 70)),
        ((16, 20, 21), (17, 22, 24)),
        ((3, 10, 40), (0, 25, 60)),
        ((9, 12, 12), (5, 15, 30)),
        ((20, 30, 31), (14, 30, 97)),
    ],
)
def test_chance_is_the_likeliest_over_every_pair_of_equal_shares(
    newer: tuple[int, int, int], older: tuple[int, int, int]
) -> None:
    up = [at_least(newer, actual) for actual in range(newer[2] + 1)]
    down = [at_most(older, actual) for actual in range(older[2] + 1)]
    worst = max(
        up[positive_newer] * down[positive_older]
        for positive_newer in range(newer[2] + 1)
        for positive_older in range(older[2] + 1)
        if positive_newer * older[2] <= positive_older * newer[2]
    )

    chance = difference_chance(Counted(*newer), Counted(*older))

    combined = float(worst) if newer[1] == newer[2] else float(worst) * (1 - log(worst))
    assert chance == pytest.approx(min(1.0, 2 * combined), rel=1e-9)


@pytest.mark.parametrize(
    ("newer_base", "older_base"), [((9, 21), (12, 24)), ((10, 12), (10, 30)), ((15, 16), (8, 9))]
)
@pytest.mark.parametrize("level", [0.05, 0.002])
def test_chance_is_understated_for_no_shares(
    newer_base: tuple[int, int], older_base: tuple[int, int], level: float
) -> None:
    rejected = [
        (newer, older)
        for newer in range(newer_base[0] + 1)
        for older in range(older_base[0] + 1)
        if (difference_chance(Counted(newer, *newer_base), Counted(older, *older_base)) or 0)
        < level
    ]

    for tenths in range(11):
        actual = [round(tenths * base[1] / 10) for base in (newer_base, older_base)]
        if actual[0] * older_base[1] == actual[1] * newer_base[1]:
            assert (
                sum(
                    exactly((newer, *newer_base), actual[0])
                    * exactly((older, *older_base), actual[1])
                    for newer, older in rejected
                )
                <= level
            )


def test_two_censuses_leave_no_chance() -> None:
    assert difference_chance(Counted(15, 21, 21), Counted(12, 20, 20)) is None


def test_chance_is_nothing_where_no_silent_person_could_make_the_shares_equal() -> None:
    assert difference_chance(Counted(57, 57, 60), Counted(40, 50, 55)) == 0.0


def test_chance_is_all_where_the_shares_are_equal() -> None:
    assert difference_chance(Counted(5, 10, 20), Counted(20, 40, None)) == 1.0


@same_every_time
@given(counted(), counted())
def test_difference_turns_its_sign_when_editions_change_places(
    newer: Counted, older: Counted
) -> None:
    for method in (difference, difference_bounds):
        interval, turned = method(newer, older), method(older, newer)

        assert (interval is None) is (turned is None)
        if interval is not None and turned is not None:
            assert [turned.low, turned.high] == pytest.approx([-interval.high, -interval.low])
            assert interval.low - HAIR <= newer.value - older.value <= interval.high + HAIR
    assert difference_chance(newer, older) == difference_chance(older, newer)


@same_every_time
@given(counted(), counted())
def test_chance_is_the_same_if_negative_answers_are_counted(newer: Counted, older: Counted) -> None:
    chance = difference_chance(newer, older)

    turned = difference_chance(
        Counted(newer.answered - newer.positive, newer.answered, newer.eligible),
        Counted(older.answered - older.positive, older.answered, older.eligible),
    )

    assert turned == (chance if chance is None else pytest.approx(chance, rel=1e-6, abs=1e-300))


def approximate(newer: Counted, older: Counted) -> Interval:
    """MOVER on the exact limits of two known populations."""
    limits = [
        share_interval(Share(side.positive, side.answered, side.eligible or 0)).shares
        for side in (newer, older)
    ]
    return mover(newer.value, older.value, newer_limits=limits[0], older_limits=limits[1])


def exactly(side: tuple[int, int, int], actual: int) -> Fraction:
    """How likely exactly so many of the answers are positive if that many of all are."""
    positive, answered, eligible = side
    ways = comb(actual, positive) * comb(eligible - actual, answered - positive)
    return Fraction(ways, comb(eligible, answered))


def at_least(side: tuple[int, int, int], actual: int) -> Fraction:
    """How likely so many of the answers or more are positive."""
    positive, answered, eligible = side
    return sum(
        (exactly((more, answered, eligible), actual) for more in range(positive, answered + 1)),
        Fraction(0),
    )


def at_most(side: tuple[int, int, int], actual: int) -> Fraction:
    """How likely so many of the answers or fewer are positive."""
    positive, answered, eligible = side
    return sum(
        (exactly((fewer, answered, eligible), actual) for fewer in range(positive + 1)), Fraction(0)
    )
