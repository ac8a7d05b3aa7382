"""How far the verdicts of a comparison can be trusted: false alarms, intervals that miss, changes that are seen.

    .venv/bin/python bench/comparison.py                 the tables of docs/comparison.md (an hour)
    .venv/bin/python bench/comparison.py --reports 50    a first impression (minutes)

Everything goes through `survey.statistics.verdict`, as in a report; the dice have a seed.
"""

from __future__ import annotations

import argparse
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

from survey.model.comparison import Verdict
from survey.statistics.change import Ratings
from survey.statistics.difference import Counted
from survey.statistics.distribution import binomial_probability, hypergeometric_probability
from survey.statistics.interval import share_interval_without_population
from survey.statistics.pairs import ChosenPair, RatedPair, RecommendedPair
from survey.statistics.precision import Turnout, seen_in, visible_change
from survey.statistics.verdict import changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from survey.statistics.pairs import Pair

SEED = 20200911
ALARMS = frozenset({Verdict.BETTER, Verdict.WORSE, Verdict.MORE, Verdict.LESS})
"""The verdicts that say that something changed, and which way."""
_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two editions: of how many people how many answered; where nobody knows of how many, None."""

    newest: Turnout
    base: Turnout

    def __str__(self) -> str:
        return f"{_spelt(self.newest)} / {_spelt(self.base)}"


def _spelt(turnout: Turnout) -> str:
    return f"{turnout.answered} of {turnout.eligible or 'unknown'}"


def meeting(newest: tuple[int, int | None], base: tuple[int, int | None]) -> Meeting:
    """Two editions, each as answers and people."""
    return Meeting(Turnout(*newest), Turnout(*base))


NOTHING_CHANGED = (
    meeting((12, 20), (15, 20)),
    meeting((19, 20), (18, 20)),
    meeting((25, 40), (20, 40)),
    meeting((57, 60), (50, 60)),
    meeting((15, 300), (60, 300)),
    meeting((60, 300), (80, 300)),
    meeting((210, 480), (165, 520)),
    meeting((400, 600), (360, 600)),
    meeting((120, None), (150, None)),
)
"""Populations are multiples of twenty: only then can two of them be alike to the last person."""
COVERED = (
    meeting((12, 21), (12, 24)),
    meeting((19, 21), (22, 24)),
    meeting((57, 60), (50, 55)),
    meeting((25, 40), (20, 45)),
    meeting((80, 120), (60, 110)),
    meeting((60, 300), (80, 300)),
    meeting((210, 480), (165, 520)),
    meeting((400, 600), (360, 620)),
    meeting((120, None), (150, None)),
    meeting((60, 300), (90, None)),
)
"""The grid of the interval for one share, in pairs."""
SEEN = (
    meeting((15, 21), (15, 21)),
    meeting((30, 60), (30, 60)),
    meeting((60, 300), (60, 300)),
    meeting((120, 300), (120, 300)),
    meeting((210, 480), (165, 520)),
    meeting((400, 600), (400, 600)),
    meeting((150, None), (150, None)),
)
POINTS = (5, 10, 15, 20, 25, 30, 40)
EVERY = 20
"""In large populations every so many-th of the possible shares is tried."""
_RARE = 1e-7


# --- Reports of editions between which nothing changed ------------------------------------------------

RATED = ((0, 1, 3, 9, 7), (0, 1, 2, 6, 11), (1, 2, 5, 8, 4), (2, 4, 6, 5, 3), (0, 0, 1, 5, 14))
"""In twentieths, the lowest point first."""
RECOMMENDED = (0, 0, 0, 1, 0, 1, 1, 3, 6, 4, 4)
CHOSEN = ((11, 6, 3), (5, 5, 4, 4, 2), (15, 5), (1, 19), (9, 5, 4, 1, 1), (8, 12), (3, 17))


def unchanged_report(seats: Meeting, dice: Random) -> tuple[Pair, ...]:
    """25 questions asked twice, of people who think the same both times: 15 ratings, one recommendation, 9 choices."""
    ratings = [RATED[number % len(RATED)] for number in range(15)]
    choices = [CHOSEN[number % len(CHOSEN)] for number in range(9)]
    return (
        *(_rated(shape, shape, seats, dice=dice) for shape in ratings),
        RecommendedPair(*_both(RECOMMENDED, RECOMMENDED, seats, dice=dice)),
        *(_chosen(shape, seats, dice=dice) for shape in choices),
    )


def has_alarm(report: Sequence[Pair]) -> bool:
    """Whether one of its lines is called better, worse, more or less."""
    return any(
        change.verdict in ALARMS for lines in changes(report, base="base") for change in lines
    )


def false_alarms(seats: Meeting, *, reports: int) -> int:
    """In how many reports something is said to have changed although nothing has."""
    dice = Random(SEED)
    return sum(has_alarm(unchanged_report(seats, dice)) for _ in range(reports))


def _rated(
    newest: Sequence[int], base: Sequence[int], seats: Meeting, *, dice: Random
) -> RatedPair:
    new, old = _both(newest, base, seats, dice=dice)
    return RatedPair(new, old, sum(new.counts[3:]), sum(old.counts[3:]))


def _chosen(shape: Sequence[int], seats: Meeting, *, dice: Random) -> ChosenPair:
    new, old = (
        tuple(Counted(count, side.answered, side.eligible) for count in side.counts)
        for side in _both(shape, shape, seats, dice=dice)
    )
    return ChosenPair(new[:1], old[:1]) if len(shape) == len("yn") else ChosenPair(new, old)


def _both(
    newest: Sequence[int], base: Sequence[int], seats: Meeting, *, dice: Random
) -> tuple[Ratings, Ratings]:
    return (
        Ratings(_answers(newest, seats.newest, dice), seats.newest.eligible),
        Ratings(_answers(base, seats.base, dice), seats.base.eligible),
    )


def _answers(shape: Sequence[int], turnout: Turnout, dice: Random) -> tuple[int, ...]:
    """What those who answer say: drawn from people of whom each point has its share, nobody twice."""
    steps, whole = list(accumulate(shape)), sum(shape)
    if turnout.eligible is None:
        drawn = [dice.random() * whole for _ in range(turnout.answered)]
    else:
        people = dice.sample(range(turnout.eligible), turnout.answered)
        drawn = [person * whole / turnout.eligible for person in people]
    counts = [0] * len(shape)
    for place in drawn:
        counts[bisect_right(steps, place)] += 1
    return tuple(counts)


# --- What the printed intervals cover -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often a printed interval holds the true difference: where least, on average, and how wide it is."""

    least: float
    average: float
    points_wide: float


def coverage(seats: Meeting) -> Coverage:
    """By enumeration: every sample of every population; of large ones, of every twentieth share."""
    newest, base = list(_populations(seats.newest)), list(_populations(seats.base))
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered, wide = [], []
    for new_share, new_samples in newest:
        for old_share, old_samples in base:
            truth, held, width = (new_share - old_share) * 100, 0.0, 0.0
            for new, new_chance in new_samples.items():
                for old, old_chance in old_samples.items():
                    span = spans.get((new, old)) or spans.setdefault(
                        (new, old), printed_span(new, old, seats)
                    )
                    chance = new_chance * old_chance
                    width += chance * (span[1] - span[0])
                    if span[0] - _HAIR <= truth <= span[1] + _HAIR:
                        held += chance
            covered.append(held)
            wide.append(width)
    return Coverage(min(covered), sum(covered) / len(covered), sum(wide) / len(wide))


def printed_span(newest: int, base: int, seats: Meeting) -> tuple[int, int]:
    """The interval, in points, that a report prints beside so many positive answers in both editions."""
    pair = ChosenPair(
        (Counted(newest, seats.newest.answered, seats.newest.eligible),),
        (Counted(base, seats.base.answered, seats.base.eligible),),
    )
    (change,) = changes((pair,), base="base")[0]
    if change.span is None:
        raise ValueError(seats)
    return change.span


def _populations(turnout: Turnout) -> Iterator[tuple[float, Mapping[int, float]]]:
    """Each share of positive people, and how likely each number of positive answers is then."""
    eligible = turnout.eligible
    steps = EVERY if eligible is None or eligible > 5 * EVERY else eligible
    for step in range(steps + 1):
        positive = step if eligible is None else round(step * eligible / steps)
        yield (
            positive / (eligible or steps),
            dict(_samples(positive, turnout, of=eligible or steps)),
        )


def _samples(positive: int, turnout: Turnout, *, of: int) -> Iterator[tuple[int, float]]:
    middle = positive * turnout.answered / of
    reach = 7 * sqrt(middle * (1 - positive / of)) + 1
    for heard in range(turnout.answered + 1):
        if abs(heard - middle) <= reach:
            chance = _chance(heard, positive, turnout, of=of)
            if chance > _RARE:
                yield heard, chance


def _chance(heard: int, positive: int, turnout: Turnout, *, of: int) -> float:
    if turnout.eligible is None:
        return binomial_probability(heard, turnout.answered, share=positive / of)
    return hypergeometric_probability(
        heard, turnout.answered, positive_eligible=positive, eligible=turnout.eligible
    )


# --- Tables -------------------------------------------------------------------------------------------


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=1000)
    reports: int = options.parse_args().reports
    _print_table(
        ("Answers", "Reports", "with a false verdict", "Share", "95 % interval"),
        (_alarm_row(seats, reports) for seats in NOTHING_CHANGED),
    )
    _print_table(
        ("Answers", "Least coverage", "Average coverage", "Average width"),
        (_coverage_row(seats) for seats in COVERED),
    )
    _print_table(
        ("Answers", *(f"{points} points" for points in POINTS), "Seen in 4 of 5 cases from"),
        (_power_row(seats) for seats in SEEN),
    )


def _alarm_row(seats: Meeting, reports: int) -> tuple[str, ...]:
    found = false_alarms(seats, reports=reports)
    limits = share_interval_without_population(found, reports)
    spread = f"{limits.low:.1%} to {limits.high:.1%}"
    return str(seats), str(reports), str(found), f"{found / reports:.1%}", spread


def _coverage_row(seats: Meeting) -> tuple[str, ...]:
    found = coverage(seats)
    return (
        str(seats),
        f"{found.least:.3f}",
        f"{found.average:.3f}",
        f"{found.points_wide:.0f} points",
    )


def _power_row(seats: Meeting) -> tuple[str, ...]:
    seen = (seen_in(points, seats.newest, base=seats.base, family=25) for points in POINTS)
    first = visible_change(seats.newest, seats.base)
    return str(seats), *(f"{share:.0%}" for share in seen), f"{first} points" if first else "never"


def _print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(f"\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
