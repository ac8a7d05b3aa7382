from __future__ import annotations

import pytest

from survey.errors import ImpossibleCounts
from survey.statistics.change import (
    Ratings,
    Superiority,
    mover,
    recommendation_difference,
    share_difference,
    share_difference_bounds,
    share_difference_without_population,
    superiority,
)
from survey.statistics.interval import Interval, Share, share_interval
from survey.statistics.recommendation import Recommendations, recommendation_interval

LARGE = Share(60, 100, 200)


def test_share_difference_is_movers_in_large_editions_with_many_silent() -> None:
    newer, older = Share(150, 210, 480), Share(96, 165, 520)

    interval = share_difference(newer, older)

    assert interval == mover(
        newer.value,
        older.value,
        newer_limits=share_interval(newer).shares,
        older_limits=share_interval(older).shares,
    )
    assert (interval.low, interval.high) == pytest.approx((0.0526825, 0.2105815))


@pytest.mark.parametrize(
    ("other", "movers"),
    [
        (Share(60, 80, 100), True),
        (Share(60, 79, 99), False),
        (Share(60, 81, 100), False),
        (Share(60, 180, 200), True),
        (Share(60, 181, 200), False),
    ],
    ids=["100 persons", "99 persons", "19 silent of 100", "20 silent", "19 silent"],
)
def test_share_difference_is_guaranteed_in_small_or_nearly_complete_editions(
    other: Share, *, movers: bool
) -> None:
    approximate = mover(
        LARGE.value,
        other.value,
        newer_limits=share_interval(LARGE).shares,
        older_limits=share_interval(other).shares,
    )

    assert (share_difference(LARGE, other) == approximate) is movers
    assert share_difference(LARGE, other).low <= approximate.low
    assert share_difference(LARGE, other).high >= approximate.high


def test_share_difference_of_a_next_edition_stays_open_after_two_censuses() -> None:
    newer, older = Share(15, 21, 21), Share(12, 20, 20)

    assert share_difference(newer, older).low > 0
    assert share_difference_without_population(newer, older).low < 0


def test_share_difference_bounds_let_all_silent_answer_at_worst_and_at_best() -> None:
    bounds = share_difference_bounds(Share(15, 18, 20), Share(6, 9, 10))

    assert (bounds.low, bounds.high) == pytest.approx((15 / 20 - 7 / 10, 17 / 20 - 6 / 10))


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
