"""How two editions differ in one question. Differences and probabilities read newer less older."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts
from survey.statistics.difference import HALF_THE_ERROR_EACH, mover, subtracted
from survey.statistics.distribution import CONFIDENCE, student_quantile, student_two_sided
from survey.statistics.interval import Interval
from survey.statistics.recommendation import Recommendations, recommendation_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

_KNOWN_OF_SCATTER = 0.7


@dataclass(frozen=True, slots=True)
class Ratings:
    """Answers counted per point of an ordered scale, lowest first; `eligible` may be unknown."""

    counts: tuple[int, ...]
    eligible: int | None

    def __post_init__(self) -> None:
        if (
            self.answered < 1
            or min(self.counts) < 0
            or (self.eligible is not None and self.answered > self.eligible)
        ):
            raise ImpossibleCounts(answered=self.answered, eligible=self.eligible)

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def unheard(self) -> float:
        """The share of the eligible that gave no answer: what chance still acts on."""
        return 1.0 if self.eligible is None else 1 - self.answered / self.eligible


@dataclass(frozen=True, slots=True)
class Superiority:
    """How likely a newer answer is above an older one, equal ones counted half."""

    probability: float
    interval: Interval | None
    """None where the answers leave no variance to judge by."""
    statistic: float | None
    degrees: float | None
    two_sided: float | None
    """The p-value; None without variance."""

    @property
    def delta(self) -> float:
        """Cliff's delta: from -1 (every newer answer below) to 1 (every newer answer above)."""
        return 2 * self.probability - 1


def recommendation_difference(newer: Recommendations, older: Recommendations) -> Interval | None:
    """Where the difference of two recommendation scores lies; none for a small base."""
    exact = newer.needs_guarantee or older.needs_guarantee
    confidence = HALF_THE_ERROR_EACH if exact else CONFIDENCE
    newer_limits = recommendation_interval(newer, confidence)
    older_limits = recommendation_interval(older, confidence)
    if newer_limits is None or older_limits is None:
        return None
    if exact:
        return subtracted(newer_limits, older_limits)
    return mover(newer.score, older.score, newer_limits=newer_limits, older_limits=older_limits)


@dataclass(frozen=True, slots=True)
class Shift:
    """How likely a newer answer is above an older one, and how likely chance alone would move it so far from half."""

    probability: float
    error: float | None
    """The probability's standard error; None where the answers leave no variance to judge by."""
    degrees: float | None
    two_sided: float | None
    """The p-value; None without variance."""
    chance: float | None
    """The p-value that verdicts use; None without variance."""

    @property
    def delta(self) -> float:
        """Cliff's delta: from -1 (every newer answer below) to 1 (every newer answer above)."""
        return 2 * self.probability - 1


def shift(older: Ratings, newer: Ratings) -> Shift:
    """Brunner and Munzel's test of two editions, with each side's finite population."""
    if len(older.counts) != len(newer.counts):
        raise ImpossibleCounts(older_points=len(older.counts), newer_points=len(newer.counts))
    above_older = _placements(older.counts)
    above_newer = _placements(newer.counts)
    places = zip(newer.counts, above_older, strict=True)
    probability = Fraction(sum(count * place for count, place in places)) / newer.answered
    if older.unheard == newer.unheard == 0.0 or 1 in (older.answered, newer.answered):
        return Shift(float(probability), None, None, None, None)
    parts = (
        _variance_part(newer, above_older, mean=probability),
        _variance_part(older, above_newer, mean=1 - probability),
    )
    if not any(parts):
        return Shift(float(probability), None, None, None, None)
    variance = sum(parts)
    degrees = variance**2 / (
        parts[0] ** 2 / (newer.answered - 1) + parts[1] ** 2 / (older.answered - 1)
    )
    center, error = float(probability), sqrt(variance)
    statistic = (center - 0.5) / error
    # Far out, where a verdict among 25 questions is decided, few answers on few points know their own scatter
    # badly: with Satterthwaite's degrees 15 answers against 60 shift up to three times too often.
    sampled = [side.answered - 1 for side in (older, newer) if side.unheard]
    return Shift(
        center,
        error,
        degrees,
        student_two_sided(statistic, degrees),
        student_two_sided(statistic, _KNOWN_OF_SCATTER * min(degrees, *sampled)),
    )


def superiority(older: Ratings, newer: Ratings) -> Superiority:
    """The same with its interval; two censuses leave a point."""
    found = shift(older, newer)
    center = found.probability
    if older.unheard == newer.unheard == 0.0:
        return Superiority(center, Interval(center, center), None, None, None)
    if found.error is None or found.degrees is None:
        return Superiority(center, None, None, None, None)
    reach = student_quantile(1 - float((1 - CONFIDENCE) / 2), found.degrees) * found.error
    return Superiority(
        center,
        Interval(center - reach, center + reach).clipped(Interval(0.0, 1.0)),
        (center - 0.5) / found.error,
        found.degrees,
        found.two_sided,
    )


def separation_chance(older: int, newer: int) -> float:
    """How likely chance parts so many older and newer answers completely, either way: the exact permutation."""
    return min(1.0, 2 / comb(older + newer, newer))


def _placements(counts: Sequence[int]) -> list[Fraction]:
    """For each point of the scale the share of answers below it, those on it counted half."""
    total = sum(counts)
    below = 0
    places = []
    for count in counts:
        places.append(Fraction(2 * below + count, 2 * total))
        below += count
    return places


def _variance_part(ratings: Ratings, places: Sequence[Fraction], *, mean: Fraction) -> float:
    squares = sum(
        count * (place - mean) ** 2 for count, place in zip(ratings.counts, places, strict=True)
    )
    return ratings.unheard * float(squares / (ratings.answered - 1) / ratings.answered)
