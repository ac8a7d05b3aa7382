"""What the intervals cover, by full enumeration: every population, every sample, in whole numbers."""

from __future__ import annotations

from functools import cache
from math import comb

import pytest

from survey.statistics.difference import Counted, limits, mover
from survey.statistics.difference import difference as share_difference
from survey.statistics.distribution import CONFIDENCE, normal_quantile
from survey.statistics.interval import Interval, Share, share_interval
from survey.statistics.recommendation import (
    Recommendations,
    recommendation_bounds,
    recommendation_estimate,
    recommendation_interval,
)


@pytest.mark.parametrize(
    ("answered", "eligible", "least", "average", "width"),
    [
        (9, 21, 0.970, 0.989, 0.381),
        (15, 21, 0.981, 0.993, 0.202),
        (20, 21, 1.000, 1.000, 0.048),
        (30, 40, 0.962, 0.987, 0.139),
        (60, 300, 0.954, 0.970, 0.187),
        (400, 600, 0.951, 0.963, 0.045),
    ],
)
def test_share_interval_covers_every_population_at_least_as_promised(
    answered: int, eligible: int, least: float, average: float, width: float
) -> None:
    intervals = [
        share_interval(Share(positive, answered, eligible)) for positive in range(answered + 1)
    ]
    coverages = []
    widths = []
    for actual in range(eligible + 1):
        chances = sample_chances(actual, answered, eligible)
        coverages.append(
            sum(
                chance
                for positive, chance in chances.items()
                if intervals[positive].low <= actual <= intervals[positive].high
            )
        )
        widths.append(
            sum(
                chance * (intervals[positive].high - intervals[positive].low) / eligible
                for positive, chance in chances.items()
            )
        )

    assert min(coverages) >= 0.95
    assert round(min(coverages), 3) == least
    assert round(sum(coverages) / len(coverages), 3) == average
    assert round(sum(widths) / len(widths), 3) == pytest.approx(width, abs=0.001)


@pytest.mark.parametrize(
    ("newer_base", "older_base", "least"),
    [((9, 21), (12, 24), 0.991), ((19, 21), (22, 24), 0.986)],
)
def test_share_difference_covers_small_and_nearly_complete_editions(
    newer_base: tuple[int, int], older_base: tuple[int, int], least: float
) -> None:
    coverages = [
        difference_coverage((newer, *newer_base), (older, *older_base))
        for newer in range(newer_base[1] + 1)
        for older in range(older_base[1] + 1)
    ]

    assert min(coverages) >= 0.95
    assert round(min(coverages), 3) == least


@pytest.mark.parametrize(("answered", "eligible"), [(10, 21), (18, 21), (20, 21)])
def test_recommendation_interval_covers_every_small_population(
    answered: int, eligible: int
) -> None:
    coverages = [
        score_coverage(promoters, detractors, answered, eligible)
        for promoters in range(eligible + 1)
        for detractors in range(eligible + 1 - promoters)
    ]

    assert min(coverages) >= 0.95


@pytest.mark.parametrize(
    ("newer", "older", "movers"),
    [
        ((1, 80, 120), (109, 60, 110), 0.636),
        ((116, 80, 120), (4, 60, 110), 0.889),
        ((116, 100, 125), (10, 120, 150), 0.909),
    ],
)
def test_difference_covers_large_editions_of_nearly_one_mind_where_mover_would_not(
    newer: tuple[int, int, int], older: tuple[int, int, int], movers: float
) -> None:
    truth = newer[0] / newer[2] - older[0] / older[2]
    covered = 0.0
    for newer_positive, newer_chance in sample_chances(*newer).items():
        for older_positive, older_chance in sample_chances(*older).items():
            sides = Counted(newer_positive, *newer[1:]), Counted(older_positive, *older[1:])
            approximate = mover(
                sides[0].value,
                sides[1].value,
                newer_limits=limits(sides[0], CONFIDENCE),
                older_limits=limits(sides[1], CONFIDENCE),
            )
            if approximate.low - 1e-12 <= truth <= approximate.high + 1e-12:
                covered += newer_chance * older_chance

    assert round(covered, 3) == movers
    assert difference_coverage(newer, older) >= 0.95


@pytest.mark.parametrize(
    ("promoters", "detractors", "answered", "eligible", "adjusted"),
    [(0, 4, 80, 120, 0.893), (1, 6, 80, 120, 0.930), (0, 60, 12, 200, 0.920)],
)
def test_recommendation_interval_covers_large_editions_of_nearly_one_mind_where_adjusting_would_not(
    promoters: int, detractors: int, answered: int, eligible: int, adjusted: float
) -> None:
    truth = (promoters - detractors) / eligible
    others = eligible - promoters - detractors
    ways = 0
    for promoting in range(min(promoters, answered) + 1):
        for detracting in range(min(detractors, answered - promoting) + 1):
            heard = Recommendations(promoting, detracting, answered, eligible)
            estimate = recommendation_estimate(heard)
            reach = normal_quantile(0.975) * estimate.standard_error
            bounds = recommendation_bounds(heard)
            assert bounds is not None
            limited = Interval(estimate.value - reach, estimate.value + reach).clipped(bounds)
            if limited.low - 1e-12 <= truth <= limited.high + 1e-12:
                ways += (
                    comb(promoters, promoting)
                    * comb(detractors, detracting)
                    * comb(others, answered - promoting - detracting)
                )

    assert round(ways / comb(eligible, answered), 3) == adjusted
    assert score_coverage(promoters, detractors, answered, eligible) >= 0.95


def test_adjusted_scores_alone_would_not_cover_a_nearly_complete_edition() -> None:
    answered, eligible, promoters, detractors = 20, 21, 3, 3

    # The one silent person is a promoter, a detractor or neither; truth is a score of zero.
    covered = 0.0
    for heard in ((2, 3), (3, 2), (3, 3)):
        estimate = recommendation_estimate(Recommendations(*heard, answered, eligible))
        if abs(estimate.value) <= normal_quantile(0.975) * estimate.standard_error:
            silent_ones = promoters - heard[0] or detractors - heard[1]
            covered += (3 if silent_ones else 15) / eligible

    assert covered == pytest.approx(15 / 21)


def score_coverage(promoters: int, detractors: int, answered: int, eligible: int) -> float:
    """How often the interval holds the score of so many promoters and detractors."""
    truth = (promoters - detractors) / eligible
    others = eligible - promoters - detractors
    covered = 0
    for promoting in range(min(promoters, answered) + 1):
        for detracting in range(min(detractors, answered - promoting) + 1):
            if score_interval(promoting, detracting, answered, eligible).holds(truth):
                covered += (
                    comb(promoters, promoting)
                    * comb(detractors, detracting)
                    * comb(others, answered - promoting - detracting)
                )
    return covered / comb(eligible, answered)


@cache
def score_interval(promoters: int, detractors: int, answered: int, eligible: int) -> Interval:
    """The interval, a hair wider: limits are quotients, and the truth may be one of them."""
    interval = recommendation_interval(Recommendations(promoters, detractors, answered, eligible))
    assert interval is not None
    return Interval(interval.low - 1e-12, interval.high + 1e-12)


def difference_coverage(newer: tuple[int, int, int], older: tuple[int, int, int]) -> float:
    """How often the interval holds the true difference of (positive, answered, eligible) each."""
    truth = newer[0] / newer[2] - older[0] / older[2]
    return sum(
        newer_chance * older_chance
        for newer_positive, newer_chance in sample_chances(*newer).items()
        for older_positive, older_chance in sample_chances(*older).items()
        if difference(newer_positive, older_positive, newer[1:], older[1:]).holds(truth)
    )


@cache
def difference(
    newer: int, older: int, newer_base: tuple[int, int], older_base: tuple[int, int]
) -> Interval:
    """The interval, a hair wider: limits are quotients, and the truth may be one of them."""
    interval = share_difference(Counted(newer, *newer_base), Counted(older, *older_base))
    return Interval(interval.low - 1e-12, interval.high + 1e-12)


@cache
def sample_chances(actual: int, answered: int, eligible: int) -> dict[int, float]:
    """The chance of each number of positive answers, from whole numbers of ways."""
    ways = comb(eligible, answered)
    return {
        positive: comb(actual, positive) * comb(eligible - actual, answered - positive) / ways
        for positive in range(max(0, answered - eligible + actual), min(actual, answered) + 1)
    }
