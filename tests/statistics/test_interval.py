from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import comb

import pytest

from survey.errors import ImpossibleCounts
from survey.statistics.interval import (
    Interval,
    Share,
    mean_bounds,
    mean_estimate,
    mean_interval,
    share_bounds,
    share_interval,
    share_interval_without_population,
)
from survey.statistics.recommendation import (
    Recommendations,
    recommendation_bounds,
    recommendation_interval,
)
from survey.statistics.simultaneous import (
    choice_intervals,
    goodman_intervals,
    sison_glaz_intervals,
)

TEN_RATINGS = {1: 0, 2: 1, 3: 1, 4: 4, 5: 4}


@pytest.mark.parametrize(
    ("positive", "answered", "eligible"), [(-1, 9, 21), (10, 9, 21), (9, 22, 21), (0, 0, 21)]
)
def test_impossible_shares_are_refused(positive: int, answered: int, eligible: int) -> None:
    with pytest.raises(ImpossibleCounts) as refusal:
        Share(positive, answered, eligible)

    assert refusal.value.counts == {
        "positive": positive,
        "answered": answered,
        "eligible": eligible,
    }


def test_share_interval_at_a_tie_leaves_the_value_out() -> None:
    interval = share_interval(Share(1, 1, 40))

    # One positive person of 40 is drawn with a chance of exactly .025, which is not more than .025.
    assert (interval.low, interval.high) == (2, 40)


@pytest.mark.parametrize("eligible", [1, 2, 7, 13, 40])
def test_share_interval_equals_trying_every_population(eligible: int) -> None:
    for answered in range(1, eligible + 1):
        ways = comb(eligible, answered)
        for positive in range(answered + 1):
            kept = [
                actual
                for actual in range(eligible + 1)
                if 40 * sum(samples(actual, answered, eligible)[positive:]) > ways
                and 40 * sum(samples(actual, answered, eligible)[: positive + 1]) > ways
            ]

            interval = share_interval(Share(positive, answered, eligible))

            assert (interval.low, interval.high) == (kept[0], kept[-1])


def test_share_interval_widens_with_the_confidence() -> None:
    share = Share(268, 400, 600)

    usual, surer = share_interval(share), share_interval(share, Fraction(975, 1000))

    assert (usual.low, usual.high) == (385, 418)
    assert (surer.low, surer.high) == (383, 420)


def test_share_of_ten_thousand_equals_the_inversion_in_whole_numbers() -> None:
    interval = share_interval(Share(3000, 5000, 10_000))

    assert (interval.low, interval.high) == (5903, 6096)


def test_share_bounds_of_the_small_call() -> None:
    bounds = share_bounds(Share(7, 9, 21))

    assert (bounds.low, bounds.high, bounds.eligible) == (7, 19, 21)


@pytest.mark.parametrize(("positive", "low", "high"), [(0, 0.0, 0.3362671), (9, 0.6637329, 1.0)])
def test_share_interval_without_population_ends_at_none_and_all(
    positive: int, low: float, high: float
) -> None:
    interval = share_interval_without_population(positive, 9)

    assert (interval.low, interval.high) == pytest.approx((low, high))


@pytest.mark.parametrize(("positive", "answered"), [(0, 0), (-1, 9), (10, 9)])
def test_impossible_shares_without_population_are_refused(positive: int, answered: int) -> None:
    with pytest.raises(ImpossibleCounts):
        share_interval_without_population(positive, answered)


def test_mean_interval_uses_students_quantile_and_the_finite_population() -> None:
    interval = mean_interval(TEN_RATINGS, eligible=40)

    reach = 2.262157163 * ((1 - 10 / 40) * 0.988888889 / 10) ** 0.5
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((4.1 - reach, 4.1 + reach))


def test_mean_interval_never_leaves_the_scale() -> None:
    interval = mean_interval({1: 1, 2: 0, 3: 0, 4: 0, 5: 9}, eligible=None)

    assert interval is not None
    assert interval.high == 5


@pytest.mark.parametrize(
    "counts",
    [{1: 0, 2: 1, 3: 1, 4: 3, 5: 4}, {1: 0, 2: 0, 3: 0, 4: 0, 5: 10}],
    ids=["nine answers", "all answers equal"],
)
def test_mean_interval_is_withheld(counts: dict[int, int]) -> None:
    assert mean_interval(counts, eligible=40) is None


def test_mean_of_one_answer_has_no_spread() -> None:
    estimate = mean_estimate({1: 0, 2: 1}, eligible=9)

    assert (estimate.value, estimate.standard_error) == (2.0, 0.0)


def test_mean_bounds_let_all_silent_choose_the_ends_of_the_scale() -> None:
    assert mean_bounds(TEN_RATINGS, eligible=20) == Interval(51 / 20, 91 / 20)


@pytest.mark.parametrize("counts", [{1: 0, 5: 0}, {1: 10, 5: 12}])
def test_impossible_means_are_refused(counts: dict[int, int]) -> None:
    with pytest.raises(ImpossibleCounts):
        mean_estimate(counts, eligible=21)


def test_recommendation_interval_needs_ten_answers() -> None:
    assert recommendation_interval(Recommendations(6, 1, 9, 21)) is None
    assert recommendation_interval(Recommendations(6, 1, 10, 21)) is not None


def test_recommendation_interval_of_a_large_edition_is_the_adjusted_one() -> None:
    interval = recommendation_interval(Recommendations(240, 40, 400, 600))

    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.46078, 0.53672), abs=1e-5)


def test_recommendation_bounds_need_a_population() -> None:
    assert recommendation_bounds(Recommendations(5, 1, 9, None)) is None
    assert recommendation_bounds(Recommendations(5, 1, 9, 21)) == Interval(-8 / 21, 16 / 21)


@pytest.mark.parametrize(
    ("promoters", "detractors", "answered", "eligible"),
    [(-1, 0, 9, 21), (0, -1, 9, 21), (5, 5, 9, 21), (0, 0, 0, 21), (5, 1, 22, 21)],
)
def test_impossible_recommendations_are_refused(
    promoters: int, detractors: int, answered: int, eligible: int
) -> None:
    with pytest.raises(ImpossibleCounts):
        Recommendations(promoters, detractors, answered, eligible)


def test_choice_intervals_share_the_error_between_the_options() -> None:
    intervals = choice_intervals((23, 12, 44), eligible=200)

    each = Fraction(59, 60)
    assert intervals == tuple(share_interval(Share(count, 79, 200), each) for count in (23, 12, 44))


def test_sison_glaz_gives_way_where_all_chose_the_same() -> None:
    assert sison_glaz_intervals((9, 0, 0)) == goodman_intervals((9, 0, 0))
    assert sison_glaz_intervals((9, 0, 0))[0].low < 0.7


def test_sison_glaz_of_three_answers_to_three_options_excludes_nothing() -> None:
    assert sison_glaz_intervals((1, 1, 1)) == (Interval(0.0, 1.0),) * 3


def test_sison_glaz_stays_stable_with_thousands_of_answers() -> None:
    interval = sison_glaz_intervals((5000, 3000, 2000))[0]

    assert (interval.low, interval.high) == pytest.approx((0.4895, 0.5107), abs=1e-4)


@pytest.mark.parametrize("counts", [(0, 0), (3, -1)])
def test_impossible_choices_are_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ImpossibleCounts):
        goodman_intervals(counts)


@cache
def samples(actual: int, answered: int, eligible: int) -> list[int]:
    """How many samples hold 0, 1, 2 … positive persons."""
    return [
        comb(actual, positive) * comb(eligible - actual, answered - positive)
        for positive in range(answered + 1)
    ]
