"""How far chance and silence can move one number of one question.

An interval covers chance only; bounds cover every answer the silent could have given.
Populations are finite: whoever has heard everybody is certain, so all intervals shrink to the raw value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts
from survey.statistics.bisection import first_enough_near
from survey.statistics.distribution import (
    CONFIDENCE,
    beta_quantile,
    hypergeometric_at_least_exceeds,
    normal_quantile,
    student_quantile,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

SMALLEST_BASE = 10
"""Means and recommendation scores of fewer answers get no interval."""
_SMALLEST_APPROXIMATED = 100
_SMALLEST_SILENCE = 20
_FEWEST_OTHERS = 8
_FEWEST_UNHEARD_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of values, both ends included."""

    low: float
    high: float

    def clipped(self, outer: Interval) -> Interval:
        """The range moved inside another one."""
        return Interval(
            min(max(self.low, outer.low), outer.high), max(min(self.high, outer.high), outer.low)
        )

    def holds(self, value: float) -> bool:
        """Whether the range contains the value."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class CountInterval:
    """A range of persons out of all eligible ones, both ends included."""

    low: int
    high: int
    eligible: int

    @property
    def shares(self) -> Interval:
        """The same range as shares of the eligible."""
        return Interval(self.low / self.eligible, self.high / self.eligible)


@dataclass(frozen=True, slots=True)
class Share:
    """So many positive ones among those who answered, who are some or all of the eligible."""

    positive: int
    answered: int
    eligible: int

    def __post_init__(self) -> None:
        if not 0 <= self.positive <= self.answered <= self.eligible or self.answered == 0:
            raise ImpossibleCounts(
                positive=self.positive, answered=self.answered, eligible=self.eligible
            )

    @property
    def value(self) -> float:
        """The positive share of those who answered."""
        return self.positive / self.answered

    @property
    def silent(self) -> int:
        """How many of the eligible gave no answer."""
        return self.eligible - self.answered


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its standard error."""

    value: float
    standard_error: float


def share_interval(share: Share, confidence: Fraction = CONFIDENCE) -> CountInterval:
    """All numbers of positive persons among the eligible that the answers do not contradict.

    Strict inversion of the hypergeometric distribution (Konijn 1973): a number stays as long as both tails
    are likelier than half the error. The coverage never falls below the confidence.
    """
    return _share_interval(share.positive, share.answered, share.eligible, confidence)


def share_bounds(share: Share) -> CountInterval:
    """The numbers of positive persons if all the silent were negative, and if all were positive."""
    return CountInterval(share.positive, share.positive + share.silent, share.eligible)


def share_interval_without_population(
    positive: int, answered: int, *, confidence: Fraction = CONFIDENCE
) -> Interval:
    """The shares not contradicted when the population is unknown or lies in the future.

    Clopper and Pearson's limits: open links, imported frequencies, and whatever is planned from.
    """
    if not 0 <= positive <= answered or answered == 0:
        raise ImpossibleCounts(positive=positive, answered=answered)
    return _without_population(positive, answered, confidence)


def needs_guarantee(answered: int, *, eligible: int) -> bool:
    """Whether a population is so small, or so nearly heard, that approximate intervals fail.

    Where 20 of 21 answered they cover as little as 16 % (differences) or 71 % (scores) instead of 95 %.
    """
    return eligible < _SMALLEST_APPROXIMATED or eligible - answered < _SMALLEST_SILENCE


def is_nearly_of_one_mind(others: int, *, answered: int, eligible: int | None) -> bool:
    """Whether so few answered otherwise than most, or are left to be heard of them, that approximate intervals fail.

    Differences are covered as little as 64 % instead of 95 % then, and scores 89 %, however large the edition.
    """
    unheard = 1.0 if eligible is None else 1 - answered / eligible
    return others < _FEWEST_OTHERS or others * unheard < _FEWEST_UNHEARD_OTHERS


def mean_estimate(counts: Mapping[int, int], *, eligible: int | None) -> Estimate:
    """The mean of the values counted, with Cochran's standard error for a finite population."""
    answered = sum(counts.values())
    _check_counts(answered, eligible)
    mean = sum(value * count for value, count in counts.items()) / answered
    if answered == 1:
        return Estimate(mean, 0.0)
    squares = sum(count * (value - mean) ** 2 for value, count in counts.items())
    heard = 0.0 if eligible is None else answered / eligible
    return Estimate(mean, sqrt((1 - heard) * squares / (answered - 1) / answered))


def mean_interval(counts: Mapping[int, int], *, eligible: int | None) -> Interval | None:
    """Where the mean of all eligible lies; none for a small base, or if all answers are equal.

    `counts` names every value of the scale, also those nobody chose.
    """
    answered = sum(counts.values())
    estimate = mean_estimate(counts, eligible=eligible)
    if answered < SMALLEST_BASE or answered in counts.values():
        return None
    reach = (
        student_quantile(1 - float((1 - CONFIDENCE) / 2), answered - 1) * estimate.standard_error
    )
    outer = Interval(min(counts), max(counts))
    if eligible is not None:
        outer = mean_bounds(counts, eligible=eligible)
    return Interval(estimate.value - reach, estimate.value + reach).clipped(outer)


def mean_bounds(counts: Mapping[int, int], *, eligible: int) -> Interval:
    """The mean if all the silent chose the lowest value of the scale, and if all chose the highest."""
    answered = sum(counts.values())
    _check_counts(answered, eligible)
    total = sum(value * count for value, count in counts.items())
    silent = eligible - answered
    return Interval(
        (total + silent * min(counts)) / eligible, (total + silent * max(counts)) / eligible
    )


@lru_cache(maxsize=16384)
def _without_population(positive: int, answered: int, confidence: Fraction) -> Interval:
    tail = float((1 - confidence) / 2)
    missing = answered - positive
    low = beta_quantile(tail, positive, second=missing + 1) if positive else 0.0
    high = beta_quantile(1 - tail, positive + 1, second=missing) if missing else 1.0
    return Interval(low, high)


@lru_cache(maxsize=16384)
def _share_interval(
    positive: int, answered: int, eligible: int, confidence: Fraction
) -> CountInterval:
    tail = (1 - confidence) / 2

    def reaches_up(positive_eligible: int) -> bool:
        return hypergeometric_at_least_exceeds(
            tail,
            positive,
            answered=answered,
            positive_eligible=positive_eligible,
            eligible=eligible,
        )

    def reaches_down(negative_eligible: int) -> bool:
        return hypergeometric_at_least_exceeds(
            tail,
            answered - positive,
            answered=answered,
            positive_eligible=negative_eligible,
            eligible=eligible,
        )

    silent, negative = eligible - answered, answered - positive
    low = first_enough_near(
        reaches_up,
        positive,
        last=positive + silent,
        guess=_about_least(positive, answered, eligible, tail),
    )
    missing = first_enough_near(
        reaches_down,
        negative,
        last=negative + silent,
        guess=_about_least(negative, answered, eligible, tail),
    )
    return CountInterval(low, eligible - missing, eligible)


def _about_least(positive: int, answered: int, eligible: int, tail: Fraction) -> int:
    """About how many of the eligible are positive at least: Wilson's limit for a finite population."""
    unheard = (eligible - answered) / max(eligible - 1, 1)
    square = normal_quantile(1 - float(tail)) ** 2 * unheard / answered
    share = max(positive - 1 / 2, 0) / answered
    root = sqrt(share * (1 - share) * square + square * square / 4)
    return ceil((share + square / 2 - root) / (1 + square) * eligible)


def _check_counts(answered: int, eligible: int | None) -> None:
    if answered < 1:
        raise ImpossibleCounts(answered=answered)
    if eligible is not None and answered > eligible:
        raise ImpossibleCounts(answered=answered, eligible=eligible)
