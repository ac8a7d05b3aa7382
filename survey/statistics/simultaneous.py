"""Intervals for all options of a single choice that hold at the same time."""

from __future__ import annotations

from math import exp, pi, prod, sqrt
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts
from survey.statistics.distribution import CONFIDENCE, normal_quantile, poisson_probability
from survey.statistics.interval import CountInterval, Interval, Share, share_interval

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction


def choice_intervals(counts: Sequence[int], *, eligible: int) -> tuple[CountInterval, ...]:
    """Exact intervals for the options of a finite population, each sharing the error evenly.

    Guaranteed where the approximations are not, inside the no-assumption bounds, a point at a census.
    """
    answered = _answered(counts)
    confidence = confidence_of_each(len(counts))
    return tuple(share_interval(Share(count, answered, eligible), confidence) for count in counts)


def confidence_of_each(options: int) -> Fraction:
    """How sure the interval of each of so many options has to be, so that all hold at the same time."""
    return 1 - (1 - CONFIDENCE) / options


def goodman_intervals(counts: Sequence[int]) -> tuple[Interval, ...]:
    """Goodman's score intervals (1965) for the options of an unknown population."""
    answered = _answered(counts)
    tail = float((1 - CONFIDENCE) / len(counts) / 2)
    square = normal_quantile(1 - tail) ** 2
    intervals = []
    for count in counts:
        root = sqrt(square * (square + 4 * count * (answered - count) / answered))
        intervals.append(
            Interval(
                max(0.0, (square + 2 * count - root) / (2 * (answered + square))),
                min(1.0, (square + 2 * count + root) / (2 * (answered + square))),
            )
        )
    return tuple(intervals)


def sison_glaz_intervals(counts: Sequence[int]) -> tuple[Interval, ...]:
    """Sison and Glaz's intervals (1995) for the options of an unknown population, equally wide.

    Shorter than Goodman's with many options; with few answers prefer Goodman's.
    """
    answered = _answered(counts)
    if answered in counts:
        # One option chosen by everybody leaves no spread to work with; a point would be a lie.
        return goodman_intervals(counts)
    confidence = float(CONFIDENCE)
    reach, before, reached = 0, 0.0, 0.0
    # It ends: with the reach the probability grows towards .99 and more, however few the answers.
    while reached <= confidence:
        reach += 1
        before, reached = reached, _all_within(reach, counts, answered=answered)
    beyond = 2 * (confidence - before) / (reached - before)
    return tuple(
        Interval(
            max(0.0, (count - reach + 1) / answered),
            min(1.0, (count + reach - 1 + beyond) / answered),
        )
        for count in counts
    )


def _all_within(reach: int, counts: Sequence[int], *, answered: int) -> float:
    """How likely all options together stay within `reach` of their counts.

    Levin's representation: independent Poisson counts cut to the reach, given their sum, whose
    distribution comes from an Edgeworth series.
    """
    moments = [_cut_poisson(reach, count) for count in counts]
    inside = prod(moment[0] for moment in moments)
    excess_sum, variance, third, fourth = (
        sum(moment[order] for moment in moments) for order in range(1, 5)
    )
    distance = -excess_sum / sqrt(variance)
    skewness = third / (variance * sqrt(variance))
    excess = fourth / variance**2
    series = (
        1
        + skewness * (distance**3 - 3 * distance) / 6
        + excess * (distance**4 - 6 * distance**2 + 3) / 24
        + skewness**2 * (distance**6 - 15 * distance**4 + 45 * distance**2 - 15) / 72
    )
    density = series * exp(-(distance**2) / 2) / sqrt(2 * pi * variance)
    return inside * density / poisson_probability(answered, answered)


def _cut_poisson(reach: int, mean: int) -> tuple[float, float, float, float, float]:
    """Probability within `reach` of the mean, then excess over it and second to fourth cumulant inside."""
    # Moments about the mean: about zero they lose all digits at a few thousand answers.
    weights = {
        offset: poisson_probability(mean + offset, mean)
        for offset in range(-min(reach, mean), reach + 1)
    }
    inside = sum(weights.values())
    one, two, three, four = (
        sum(weight * offset**order for offset, weight in weights.items()) / inside
        for order in range(1, 5)
    )
    variance = two - one**2
    third = three - 3 * one * two + 2 * one**3
    central = four - 4 * one * three + 6 * one**2 * two - 3 * one**4
    return inside, one, variance, third, central - 3 * variance**2


def _answered(counts: Sequence[int]) -> int:
    answered = sum(counts)
    if answered < 1 or min(counts) < 0:
        raise ImpossibleCounts(answered=answered)
    return answered
