"""One question in two editions, side by side: what changes are judged on. Differences read newest less base."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from survey.errors import ImpossibleCounts
from survey.model.comparison import Break, Verdict
from survey.model.summary import ChoicesFinding, NumbersFinding
from survey.statistics.change import Ratings, recommendation_difference
from survey.statistics.difference import Counted, difference, difference_bounds, subtracted
from survey.statistics.interval import SMALLEST_BASE, Interval
from survey.statistics.recommendation import Recommendations, recommendation_bounds


@dataclass(frozen=True, slots=True)
class RatedPair:
    """One rating in two editions; of both, how many chose a point of the better half."""

    newest: Ratings
    base: Ratings
    newest_positive: int
    base_positive: int


@dataclass(frozen=True, slots=True)
class RecommendedPair:
    """One recommendation from 0 to 10 in two editions."""

    newest: Ratings
    base: Ratings


@dataclass(frozen=True, slots=True)
class ChosenPair:
    """One choice in two editions: its options in one order, each with how many chose it, of how many."""

    newest: tuple[Counted, ...]
    base: tuple[Counted, ...]

    def __post_init__(self) -> None:
        if not self.newest or len(self.newest) != len(self.base):
            raise ImpossibleCounts(newest=len(self.newest), base=len(self.base))


@dataclass(frozen=True, slots=True)
class Unjudged:
    """One question of which two editions show nothing that can be compared; it has one line."""

    verdict: Literal[Verdict.NOT_COMPARABLE, Verdict.TOO_FEW]
    reason: Break | None = None


Pair = RatedPair | RecommendedPair | ChosenPair | Unjudged


def pair_of(newest: ChoicesFinding | NumbersFinding, base: ChoicesFinding | NumbersFinding) -> Pair:
    """What two editions found at one question of equal identity; Unjudged where either shows no figures."""
    for finding in (newest, base):
        if finding.suppressed is not None:
            return _unshown(finding)
    if isinstance(newest, NumbersFinding) and isinstance(base, NumbersFinding):
        return RecommendedPair(
            Ratings(newest.counts, newest.base.N), Ratings(base.counts, base.base.N)
        )
    if (
        isinstance(newest, NumbersFinding)
        or isinstance(base, NumbersFinding)
        or newest.kind != base.kind
    ):
        return Unjudged(Verdict.NOT_COMPARABLE, Break.OTHER_KIND)
    if [c.code for c in newest.choices] != [c.code for c in base.choices]:
        return Unjudged(Verdict.NOT_COMPARABLE, Break.OTHER_SCALE)
    if newest.kind == "rating":
        return RatedPair(_rated(newest), _rated(base), _positive(newest), _positive(base))
    return ChosenPair(_chosen(newest), _chosen(base))


def is_comparable(pair: Pair) -> bool:
    """Whether both editions have answers enough to be compared."""
    match pair:
        case Unjudged():
            return False
        case RatedPair() | RecommendedPair():
            return min(pair.newest.answered, pair.base.answered) >= SMALLEST_BASE
        case ChosenPair():
            return all(line.answered >= SMALLEST_BASE for line in (*pair.newest, *pair.base))
        case _:
            assert_never(pair)


def values_of(pair: RatedPair | RecommendedPair) -> tuple[float, float]:
    """The printed share or score of the newest edition and of the base."""
    if isinstance(pair, RatedPair):
        return newest_half(pair).value, base_half(pair).value
    return _recommendations(pair.newest).score, _recommendations(pair.base).score


def interval_of(pair: RatedPair | RecommendedPair) -> Interval:
    """Where the difference of the two lies."""
    if isinstance(pair, RatedPair):
        return difference(newest_half(pair), base_half(pair))
    found = recommendation_difference(_recommendations(pair.newest), _recommendations(pair.base))
    if found is None:
        raise ImpossibleCounts(newest=pair.newest.answered, base=pair.base.answered)
    return found


def bounds_of(pair: RatedPair | RecommendedPair) -> Interval | None:
    """The difference whatever the silent would have said; none where nobody knows how many they are."""
    if isinstance(pair, RatedPair):
        return difference_bounds(newest_half(pair), base_half(pair))
    newest = recommendation_bounds(_recommendations(pair.newest))
    base = recommendation_bounds(_recommendations(pair.base))
    return subtracted(newest, base) if newest and base else None


def of_endless(pair: RatedPair | RecommendedPair) -> RatedPair | RecommendedPair:
    """The same answers as samples of whoever comes next."""
    return replace(pair, newest=_endless(pair.newest), base=_endless(pair.base))


def newest_half(pair: RatedPair) -> Counted:
    """The newest edition's answers of the better half."""
    return Counted(pair.newest_positive, pair.newest.answered, pair.newest.eligible)


def base_half(pair: RatedPair) -> Counted:
    """The base edition's answers of the better half."""
    return Counted(pair.base_positive, pair.base.answered, pair.base.eligible)


def _endless(ratings: Ratings) -> Ratings:
    return replace(ratings, eligible=None)


def _recommendations(ratings: Ratings) -> Recommendations:
    return Recommendations(
        promoters=sum(ratings.counts[9:]),
        detractors=sum(ratings.counts[:7]),
        answered=ratings.answered,
        eligible=ratings.eligible,
    )


def _unshown(finding: ChoicesFinding | NumbersFinding) -> Unjudged:
    if finding.suppressed == "few":
        return Unjudged(Verdict.TOO_FEW)
    if finding.suppressed == "never_asked":
        return Unjudged(Verdict.NOT_COMPARABLE, Break.NOT_ASKED)
    return Unjudged(Verdict.NOT_COMPARABLE, Break.NOT_SHOWN)


def _rated(finding: ChoicesFinding) -> Ratings:
    # Questions offer the best first; a scale is counted from its lowest point.
    return Ratings(tuple(c.count for c in reversed(finding.choices)), finding.base.N)


def _positive(finding: ChoicesFinding) -> int:
    return sum(c.count for c in finding.choices if c.role == "positive")


def _chosen(finding: ChoicesFinding) -> tuple[Counted, ...]:
    shown = finding.choices[:1] if finding.kind == "yes_no" else finding.choices
    return tuple(Counted(c.count, finding.base.n, finding.base.N) for c in shown)
