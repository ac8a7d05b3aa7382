"""What may be said about the changes between two editions, decided on the numbers that are printed.

One family is all closed questions of one pair of editions that can be compared: chance is corrected for
all of them together. Differences read newest less base.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Literal, assert_never

from survey.model.comparison import Change, Tipping, Verdict
from survey.statistics.change import separation_chance, shift
from survey.statistics.difference import Counted, difference, difference_bounds, difference_chance
from survey.statistics.family import LEVEL, holm
from survey.statistics.pairs import (
    ChosenPair,
    RatedPair,
    RecommendedPair,
    Unjudged,
    bounds_of,
    interval_of,
    is_comparable,
    newest_half,
    of_endless,
    values_of,
)
from survey.statistics.printed import printed_span, whole_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.statistics.interval import Interval
    from survey.statistics.pairs import Pair

THRESHOLD_POINTS = 5
"""A smaller change of the printed share is not called better, worse, more or less."""
THRESHOLD_DELTA = 0.10
"""Nor is a smaller shift of the whole distribution (Cliff's delta)."""

_HAIR = 1e-9
_ALL = 100


def family_size(pairs: Sequence[Pair]) -> int:
    """How many questions are compared: what chance is corrected for."""
    return sum(1 for pair in pairs if is_comparable(pair))


def changes(pairs: Sequence[Pair], *, base: str) -> tuple[tuple[Change, ...], ...]:
    """The change of every line of every question, from the edition named `base` to the newest one.

    `pairs` are all closed questions of the two editions. A rating and a recommendation have one line, a choice
    has one for each of its options, whatever cannot be judged has one.
    """
    family = family_size(pairs)
    valued = {
        place: _valued_chance(pair)
        for place, pair in enumerate(pairs)
        if isinstance(pair, RatedPair | RecommendedPair) and is_comparable(pair)
    }
    # Choices, and what was asked of everybody, count in the family: their p-values of 1 are never rejected.
    padded = [1.0 if chance is None else chance for chance in valued.values()]
    padded += [1.0] * (family - len(valued))
    adjusted = dict(zip(valued, holm(padded), strict=False))
    found = []
    for place, pair in enumerate(pairs):
        match pair:
            case Unjudged():
                lines: tuple[Change, ...] = (Change(base, pair.verdict, reason=pair.reason),)
            case RatedPair() | RecommendedPair():
                lines = (
                    _valued_change(pair, valued[place], adjusted=adjusted[place], base=base)
                    if place in valued
                    else Change(base, Verdict.TOO_FEW),
                )
            case ChosenPair():
                lines = (
                    _options_changes(pair, family=family, base=base)
                    if is_comparable(pair)
                    else tuple(Change(base, Verdict.TOO_FEW) for _ in pair.newest)
                )
            case _:
                assert_never(pair)
        found.append(lines)
    return tuple(found)


def verdict_in_family(pair: RatedPair, *, family: int) -> Verdict:
    """The verdict on a rating that alone has changed, among so many questions that are compared."""
    if not is_comparable(pair):
        return Verdict.TOO_FEW
    chance = _valued_chance(pair)
    return _valued_verdict(
        _valued_evidence(
            pair, chance, adjusted=1.0 if chance is None else min(1.0, chance * family)
        )
    )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a verdict is decided on: numbers as printed, and how sure they are."""

    points: int
    span: tuple[int, int]
    delta: float
    is_noticed: bool
    """By itself chance would hardly explain it."""
    is_sure: bool
    """Nor would it in the whole family; always where no chance was left."""

    @property
    def moved(self) -> Literal[-1, 0, 1]:
        """Which way the printed interval lies from zero; 0 if it holds zero."""
        if self.span[0] > 0:
            return 1
        return -1 if self.span[1] < 0 else 0

    @property
    def is_within_threshold(self) -> bool:
        return max(-self.span[0], self.span[1]) <= THRESHOLD_POINTS

    @property
    def reaches_threshold(self) -> bool:
        return abs(self.points) >= THRESHOLD_POINTS

    @property
    def has_shifted(self) -> bool:
        return abs(self.delta) >= THRESHOLD_DELTA - _HAIR

    @property
    def is_contrary(self) -> bool:
        """Whether the share went one way and the whole distribution the other."""
        return self.points * self.delta < 0


def _valued_verdict(seen: _Evidence) -> Verdict:
    if (
        seen.is_sure
        and seen.moved
        and seen.reaches_threshold
        and seen.has_shifted
        and not seen.is_contrary
    ):
        return Verdict.BETTER if seen.moved > 0 else Verdict.WORSE
    if seen.is_within_threshold and not seen.has_shifted:
        # Before the hint: else a change surer than a hint would be called unchanged, and a weaker one would not.
        return Verdict.SAME
    if seen.is_sure:
        return Verdict.SMALL if seen.moved and not seen.is_contrary else Verdict.SHIFTED
    if seen.moved or (seen.is_noticed and not seen.is_contrary):
        return Verdict.HINT
    return Verdict.UNCLEAR


def _option_verdict(seen: _Evidence) -> Verdict:
    if seen.is_sure and seen.moved and seen.reaches_threshold:
        return Verdict.MORE if seen.moved > 0 else Verdict.LESS
    if seen.is_within_threshold:
        return Verdict.SAME
    if seen.is_sure and seen.moved:
        return Verdict.SMALL
    return Verdict.HINT if seen.moved or seen.is_noticed else Verdict.UNCLEAR


def _valued_chance(pair: RatedPair | RecommendedPair) -> float | None:
    """How likely chance alone shifts the answers so far; None where no chance was left."""
    if pair.base.unheard == pair.newest.unheard == 0.0:
        return None
    found = shift(pair.base, pair.newest)
    if found.chance is None:
        # One side was heard in full and the other is all of one mind: what is left of chance cannot be told.
        endless = of_endless(pair)
        found = shift(endless.base, endless.newest)
    if found.chance is not None:
        return found.chance
    if found.delta == 0.0:
        return 1.0
    return separation_chance(pair.base.answered, pair.newest.answered)


def _valued_evidence(
    pair: RatedPair | RecommendedPair, chance: float | None, *, adjusted: float
) -> _Evidence:
    newest, base = values_of(pair)
    points = whole_points(newest) - whole_points(base)
    return _Evidence(
        points=points,
        span=printed_span(interval_of(pair), points),
        delta=shift(pair.base, pair.newest).delta,
        is_noticed=chance is None or chance < LEVEL,
        is_sure=chance is None or adjusted < LEVEL,
    )


def _valued_change(
    pair: RatedPair | RecommendedPair, chance: float | None, *, adjusted: float, base: str
) -> Change:
    seen = _valued_evidence(pair, chance, adjusted=adjusted)
    newest, older = values_of(pair)
    return Change(
        base,
        _valued_verdict(seen),
        _sign(seen.points) or _sign(seen.delta) or _sign(newest - older),
        points=seen.points,
        span=seen.span,
        delta=seen.delta,
        chance=chance,
        adjusted=None if chance is None else adjusted,
        is_robust=_is_robust(bounds_of(pair)),
        tipping=_tipping(newest_half(pair), older) if isinstance(pair, RatedPair) else None,
        holds_against_silence=isinstance(pair, RatedPair)
        and _outweighs_silence(newest_half(pair), older),
        holds_next_time=_holds(interval_of(of_endless(pair)), seen.points),
    )


def _options_changes(pair: ChosenPair, *, family: int, base: str) -> tuple[Change, ...]:
    chances = [
        difference_chance(newest, older)
        for newest, older in zip(pair.newest, pair.base, strict=True)
    ]
    within = holm([1.0 if chance is None else chance for chance in chances])
    return tuple(
        _option_change(newest, older, chance, adjusted=min(1.0, adjusted * family), base=base)
        for newest, older, chance, adjusted in zip(
            pair.newest, pair.base, chances, within, strict=True
        )
    )


def _option_change(
    newest: Counted, older: Counted, chance: float | None, *, adjusted: float, base: str
) -> Change:
    points = whole_points(newest.value) - whole_points(older.value)
    span = printed_span(difference(newest, older), points)
    verdict = _option_verdict(
        _Evidence(
            points=points,
            span=span,
            delta=0.0,
            is_noticed=chance is None or chance < LEVEL,
            is_sure=chance is None or adjusted < LEVEL,
        )
    )
    return Change(
        base,
        verdict,
        _sign(points) or _sign(newest.value - older.value),
        points=points,
        span=span,
        chance=chance,
        adjusted=None if chance is None else adjusted,
        is_robust=_is_robust(difference_bounds(newest, older)),
        tipping=_tipping(newest, older.value),
        holds_against_silence=_outweighs_silence(newest, older.value),
        holds_next_time=_holds(
            difference(newest.without_population, older.without_population), points
        ),
    )


def _holds(next_time: Interval, points: int) -> bool:
    low, high = printed_span(next_time, points)
    return low > 0 or high < 0


def _is_robust(bounds: Interval | None) -> bool:
    return bounds is not None and (bounds.low > _HAIR or bounds.high < -_HAIR)


def _tipping(newest: Counted, base: float) -> Tipping | None:
    """What the silent would have to be like for the sign to turn, the base edition's being like its others."""
    if newest.eligible is None or newest.is_census:
        return None
    needed = (base * newest.eligible - newest.positive) / (newest.eligible - newest.answered) * _ALL
    percent = floor(needed + _HAIR) if newest.value > base else ceil(needed - _HAIR)
    return Tipping(percent) if newest.value != base and 0 < percent < _ALL else None


def _outweighs_silence(newest: Counted, base: float) -> bool:
    """Whether no answer of the silent would turn the sign, where there are silent ones and it is known how many."""
    if newest.eligible is None or newest.is_census or newest.value == base:
        return False
    silent = newest.eligible - newest.answered
    worst = newest.positive + (silent if newest.value < base else 0)
    return (worst / newest.eligible - base) * (newest.value - base) > _HAIR * _HAIR


def _sign(value: float) -> Literal[-1, 0, 1]:
    if value > 0:
        return 1
    return -1 if value < 0 else 0
