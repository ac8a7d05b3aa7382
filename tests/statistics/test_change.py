from __future__ import annotations

from itertools import combinations

import pytest

from survey.errors import ImpossibleCounts
from survey.statistics.change import (
    Ratings,
    Superiority,
    recommendation_difference,
    separation_chance,
    superiority,
)
from survey.statistics.difference import mover
from survey.statistics.interval import Interval
from survey.statistics.recommendation import Recommendations, recommendation_interval


def test_recommendation_difference_is_movers_in_large_editions() -> None:
    newer, older = Recommendations(120, 20, 210, 480), Recommendations(90, 30, 165, 520)

    limits = [recommendation_interval(newer), recommendation_interval(older)]

    assert limits[0] is not None
    assert limits[1] is not None
    assert recommendation_difference(newer, older) == mover(
        newer.score, older.score, newer_limits=limits[0], older_limits=limits[1]
    )


def test_recommendation_difference_of_two_censuses_is_the_difference() -> None:
    interval = recommendation_difference(
        Recommendations(12, 3, 21, 21), Recommendations(6, 6, 20, 20)
    )

    assert interval == Interval(9 / 21, 9 / 21)


@pytest.mark.parametrize("answered", [(9, 20), (20, 9)])
def test_recommendation_difference_needs_ten_answers_in_both(answered: tuple[int, int]) -> None:
    newer, older = (Recommendations(5, 2, base, 40) for base in answered)

    assert recommendation_difference(newer, older) is None


def test_recommendation_difference_of_unknown_populations_uses_movers() -> None:
    interval = recommendation_difference(
        Recommendations(12, 3, 20, None), Recommendations(6, 6, 20, None)
    )

    assert interval is not None
    assert interval.low < 9 / 20 < interval.high


def test_superiority_is_surer_the_more_of_the_eligible_answered() -> None:
    older, newer = (4, 10, 30, 90, 66), (8, 20, 42, 70, 25)

    endless = superiority(Ratings(older, None), Ratings(newer, None))
    finite = superiority(Ratings(older, 480), Ratings(newer, 520))

    assert finite.probability == endless.probability
    assert finite.two_sided is not None
    assert endless.two_sided is not None
    assert finite.two_sided < endless.two_sided


def test_superiority_of_two_censuses_is_certain_and_needs_no_test() -> None:
    found = superiority(Ratings((1, 2, 3), 6), Ratings((0, 2, 4), 6))

    assert found == Superiority(
        found.probability, Interval(found.probability, found.probability), None, None, None
    )
    assert found.probability == pytest.approx((2 * (1 + 2 / 2) + 4 * (3 + 3 / 2)) / 36)


@pytest.mark.parametrize(
    ("older", "newer", "probability"),
    [
        (Ratings((9, 0, 0), 21), Ratings((0, 3, 9), 24), 1.0),
        (Ratings((0, 9, 0), None), Ratings((0, 12, 0), None), 0.5),
        (Ratings((0, 1, 0), 5), Ratings((3, 4, 2), 24), 4 / 9),
        (Ratings((3, 4, 2), 24), Ratings((0, 1, 0), 5), 5 / 9),
    ],
    ids=["separated", "all equal", "one older answer", "one newer answer"],
)
def test_superiority_without_variance_gives_no_test(
    older: Ratings, newer: Ratings, probability: float
) -> None:
    found = superiority(older, newer)

    assert found.probability == pytest.approx(probability)
    assert (found.interval, found.statistic, found.two_sided) == (None, None, None)


def test_delta_runs_from_all_below_to_all_above() -> None:
    low, high = Ratings((9, 0), None), Ratings((0, 9), None)

    deltas = [
        superiority(high, low).delta,
        superiority(low, low).delta,
        superiority(low, high).delta,
    ]

    assert deltas == [-1.0, 0.0, 1.0]


@pytest.mark.parametrize(("counts", "eligible"), [((0, 0), 9), ((), 9), ((5, -1), 9), ((5, 5), 9)])
def test_impossible_ratings_are_refused(counts: tuple[int, ...], eligible: int) -> None:
    with pytest.raises(ImpossibleCounts):
        Ratings(counts, eligible)


def test_scales_of_different_length_are_refused() -> None:
    with pytest.raises(ImpossibleCounts) as refusal:
        superiority(Ratings((1, 2), 9), Ratings((1, 2, 3), 9))

    assert refusal.value.counts == {"older_points": 2, "newer_points": 3}


@pytest.mark.parametrize(("older", "newer"), [(1, 1), (2, 5), (6, 6), (7, 4)])
def test_separation_chance_is_both_ends_of_all_orders(older: int, newer: int) -> None:
    people = range(older + newer)
    orders = list(combinations(people, newer))

    parted = [o for o in orders if min(o) == older or max(o) == newer - 1]

    assert separation_chance(older, newer) == pytest.approx(len(parted) / len(orders))
