"""The recommendation score (NPS): share of promoters less share of detractors."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts
from survey.statistics import difference
from survey.statistics.distribution import CONFIDENCE, normal_quantile
from survey.statistics.interval import (
    SMALLEST_BASE,
    Estimate,
    Interval,
    is_nearly_of_one_mind,
    needs_guarantee,
)

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Recommendations:
    """Promoters (9 and 10) and detractors (0 to 6) among the answers; `eligible` may be unknown."""

    promoters: int
    detractors: int
    answered: int
    eligible: int | None

    def __post_init__(self) -> None:
        decided = self.promoters + self.detractors
        if min(self.promoters, self.detractors) < 0 or not 0 < self.answered >= decided:
            raise ImpossibleCounts(
                promoters=self.promoters, detractors=self.detractors, answered=self.answered
            )
        if self.eligible is not None and self.answered > self.eligible:
            raise ImpossibleCounts(answered=self.answered, eligible=self.eligible)

    @property
    def score(self) -> float:
        """Share of promoters less share of detractors, from -1 to 1."""
        return (self.promoters - self.detractors) / self.answered

    @property
    def needs_guarantee(self) -> bool:
        """Whether the population is too small or too nearly heard, or of one mind, to approximate."""
        neither = self.answered - self.promoters - self.detractors
        others = self.answered - max(self.promoters, self.detractors, neither)
        return is_nearly_of_one_mind(others, answered=self.answered, eligible=self.eligible) or (
            self.eligible is not None and needs_guarantee(self.answered, eligible=self.eligible)
        )


def recommendation_estimate(recommendations: Recommendations) -> Estimate:
    """The score after adding pseudo-answers, which fade as the population is exhausted.

    Rocks (2016) adds three answers, three quarters of one to either end. Added whole they would pull
    a complete census off its own value, so each is scaled by the finite population factor.
    """
    answered = recommendations.answered
    factor = _finite_population_factor(answered, recommendations.eligible)
    base = answered + 3 * factor
    promoting = (recommendations.promoters + 0.75 * factor) / base
    detracting = (recommendations.detractors + 0.75 * factor) / base
    value = promoting - detracting
    return Estimate(value, sqrt(factor * (promoting + detracting - value**2) / base))


def recommendation_interval(
    recommendations: Recommendations, confidence: Fraction = CONFIDENCE
) -> Interval | None:
    """Where the score of all eligible lies; none for a small base.

    Where a guarantee is needed, exact limits of promoters and detractors with half the error each are
    subtracted; else the adjusted estimate's.
    """
    if recommendations.answered < SMALLEST_BASE:
        return None
    outer = recommendation_bounds(recommendations) or Interval(-1.0, 1.0)
    if recommendations.needs_guarantee:
        return _guaranteed_interval(recommendations, confidence).clipped(outer)
    return _adjusted_interval(recommendations, confidence).clipped(outer)


def recommendation_bounds(recommendations: Recommendations) -> Interval | None:
    """The score if all the silent were detractors, and if all were promoters; none without a population."""
    eligible = recommendations.eligible
    if eligible is None:
        return None
    silent = eligible - recommendations.answered
    surplus = recommendations.promoters - recommendations.detractors
    return Interval((surplus - silent) / eligible, (surplus + silent) / eligible)


def _adjusted_interval(recommendations: Recommendations, confidence: Fraction) -> Interval:
    estimate = recommendation_estimate(recommendations)
    reach = normal_quantile(1 - float((1 - confidence) / 2)) * estimate.standard_error
    return Interval(estimate.value - reach, estimate.value + reach)


def _guaranteed_interval(recommendations: Recommendations, confidence: Fraction) -> Interval:
    each = 1 - (1 - confidence) / 2
    promoters, detractors = (
        difference.limits(
            difference.Counted(count, recommendations.answered, recommendations.eligible), each
        )
        for count in (recommendations.promoters, recommendations.detractors)
    )
    return difference.subtracted(promoters, detractors)


def _finite_population_factor(answered: int, eligible: int | None) -> float:
    if eligible is None:
        return 1.0
    return 0.0 if answered == eligible else (eligible - answered) / (eligible - 1)
