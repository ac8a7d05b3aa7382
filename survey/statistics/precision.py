"""How many answers are needed: which change would be seen, and when an order of options would be settled.

A change is seen if the comparison would call it better, or (where the rest of the scale hardly moved) small but
measurable, and the printed shares differ by the threshold: nothing here has rules of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts
from survey.model.comparison import Verdict
from survey.statistics.bisection import first_enough
from survey.statistics.change import Ratings
from survey.statistics.distribution import (
    CONFIDENCE,
    binomial_probability,
    hypergeometric_probability,
)
from survey.statistics.interval import SMALLEST_BASE, Share, share_interval
from survey.statistics.pairs import RatedPair
from survey.statistics.printed import whole_points
from survey.statistics.simultaneous import goodman_intervals
from survey.statistics.verdict import THRESHOLD_POINTS, verdict_in_family

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

POWER = 0.80
"""A change counts as seen if it gets its verdict in at least four of five cases."""
USUAL_FAMILY = 25
"""So many closed questions are usually compared."""
MOST_ANSWERS = 5_000
"""Where nobody knows how many could answer, nobody hopes for more."""

_TWO = 2
_REACH = 3.5
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Turnout:
    """So many answers, of so many who could answer; or nobody knows of how many."""

    answered: int
    eligible: int | None

    def __post_init__(self) -> None:
        if self.answered < 1 or (self.eligible is not None and self.answered > self.eligible):
            raise ImpossibleCounts(answered=self.answered, eligible=self.eligible)


def visible_change(newest: Turnout, base: Turnout, *, family: int = USUAL_FAMILY) -> int | None:
    """The smallest change of a share, in points, that would be seen in at least four of five cases.

    One question has changed among so many that are compared (`family`), so that chance is corrected for all of them.
    The two shares lie around one half, where chance acts most, and an answer tells no more than its half of the
    scale: elsewhere, and with what the points of the scale tell, less is enough. None where none would be seen.
    """
    return _first(
        lambda points: seen_in(points, newest, base=base, family=family) >= POWER,
        THRESHOLD_POINTS,
        last=100,
    )


def answers_to_see(
    points: int, *, eligible: int | None, base: Turnout, family: int = USUAL_FAMILY
) -> int | None:
    """So many answers are enough to see a change of so many points; None if all of them would not do.

    Found by halving: a few less may do too, since whole people make the chance of seeing rise in small steps.
    """

    def is_enough(answered: int) -> bool:
        return seen_in(points, Turnout(answered, eligible), base=base, family=family) >= POWER

    return _galloping(is_enough, SMALLEST_BASE, last=MOST_ANSWERS if eligible is None else eligible)


@lru_cache(maxsize=512)
def seen_in(points: int, newest: Turnout, *, base: Turnout, family: int) -> float:
    """In which share of cases a rise of so many points, around one half, is seen."""
    lower = 0.5 - points / 200
    if base.eligible is not None:
        # Populations are whole people: the change tried is never larger than asked.
        lower = round(lower * base.eligible) / base.eligible
    below = _samples(base, lower)
    above = _samples(newest, min(1.0, lower + points / 100))
    total = 0.0
    least = min(above)
    # The more positive ones then, the more are needed now.
    for positive_then, chance in below.items():
        while least <= max(above) and not _is_seen(
            least, newest, positive_then, base=base, family=family
        ):
            least += 1
        total += chance * sum(above[now] for now in range(least, max(above) + 1))
    return total


def answers_to_lead(
    counts: Sequence[int], *, eligible: int | None, beside: Sequence[int] = ()
) -> int | None:
    """How many answers would have settled which option leads, had all shares stayed as they are.

    `counts` are the options of one choice that can lead, `beside` those that leave the choice to others. Settled means
    that the two leading intervals, in whole percent, do not touch. None where not even all of the eligible would have
    settled it.
    """
    answered = sum(counts) + sum(beside)
    options = len(counts) + len(beside)
    if answered < 1 or len(counts) < _TWO or (eligible is not None and answered > eligible):
        raise ImpossibleCounts(options=options, answered=answered, eligible=eligible)
    first, second = sorted(counts, reverse=True)[:2]

    def is_settled(answers: int) -> bool:
        leading = floor(first * answers / answered + _HAIR)
        next_best = min(ceil(second * answers / answered - _HAIR), answers - leading)
        low, high = _limits_of_two(leading, next_best, answers, options, eligible)
        return whole_points(low) > whole_points(high)

    return _galloping(is_settled, answered, last=MOST_ANSWERS if eligible is None else eligible)


def _limits_of_two(
    leading: int, next_best: int, answers: int, options: int, eligible: int | None
) -> tuple[float, float]:
    """The lower limit of the leading option and the upper one of the next, as for all options together."""
    if eligible is None:
        others = [answers - leading - next_best, *([0] * options)][: options - 2]
        found = goodman_intervals((leading, next_best, *others))
        return found[0].low, found[1].high
    confidence = 1 - (1 - CONFIDENCE) / options
    return (
        share_interval(Share(leading, answers, eligible), confidence).shares.low,
        share_interval(Share(next_best, answers, eligible), confidence).shares.high,
    )


@lru_cache(maxsize=65536)
def _is_seen(now: int, newest: Turnout, then: int, *, base: Turnout, family: int) -> bool:
    pair = RatedPair(
        Ratings((newest.answered - now, now), newest.eligible),
        Ratings((base.answered - then, then), base.eligible),
        now,
        then,
    )
    if whole_points(now / newest.answered) - whole_points(then / base.answered) < THRESHOLD_POINTS:
        return False
    return verdict_in_family(pair, family=family) in {Verdict.BETTER, Verdict.SMALL}


@lru_cache(maxsize=512)
def _samples(turnout: Turnout, share: float) -> Mapping[int, float]:
    """How likely each number of positive answers is; what is too rare to matter is left out."""
    answered, eligible = turnout.answered, turnout.eligible
    silent = 1.0 if eligible is None else (eligible - answered) / max(1, eligible - 1)
    middle, spread = share * answered, sqrt(share * (1 - share) * answered * silent)
    low = max(0, floor(middle - _REACH * spread) - 1)
    high = min(answered, ceil(middle + _REACH * spread) + 1)
    return {positive: _probability(positive, turnout, share) for positive in range(low, high + 1)}


def _probability(positive: int, turnout: Turnout, share: float) -> float:
    if turnout.eligible is None:
        return binomial_probability(positive, turnout.answered, share=share)
    return hypergeometric_probability(
        positive,
        turnout.answered,
        positive_eligible=floor(share * turnout.eligible + _HAIR),
        eligible=turnout.eligible,
    )


def _galloping(is_enough: Callable[[int], bool], first: int, *, last: int) -> int | None:
    """The first number that is enough, looked for in growing steps: large numbers cost more to try."""
    if first > last:
        return None
    low, high = first, first
    while not is_enough(high):
        if high == last:
            return None
        low, high = high + 1, min(last, high * 2)
    return _first(is_enough, low, last=high)


def _first(is_enough: Callable[[int], bool], first: int, *, last: int) -> int | None:
    """The first number that is enough, if numbers after an enough one are enough too; None if the last is not."""
    return first_enough(is_enough, first, last=last) if is_enough(last) else None
