"""How closely each rating goes with the overall one, from pairs that were named before opening; pure.

It says which answers go together, never why. All questions share the mood of the day, so only their order counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from survey.model.summary import ChoicesFinding
from survey.model.tally import BETTER_HALF, HALVES
from survey.planning.subjects import OVERALL
from survey.statistics.association import LARGEST_CATEGORY, SMALLEST_TABLE, association

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.model.summary import EditionSummary, GroupSummary

    _Group = tuple[GroupSummary, ChoicesFinding]
    """Who gave one answer to a question, and what they answered to the other."""

_FEWEST_RANKED = 3
"""Fewer have no middle to lie above."""


@dataclass(frozen=True, slots=True)
class Importance:
    """How closely one rating goes with the overall one."""

    value: float
    low: float
    high: float
    people: int
    """How many answered both."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The ratings of an edition by how closely they go with the overall one."""

    known: Mapping[str, Importance]
    middle: float

    def is_important(self, code: str) -> bool:
        """True if it goes more closely with the overall rating than the middle one, for certain."""
        found = self.known.get(code)
        return found is not None and found.low > self.middle

    def is_unimportant(self, code: str) -> bool:
        """True if it goes less closely with it, for certain."""
        found = self.known.get(code)
        return found is not None and found.high < self.middle


def ranked_importance(summary: EditionSummary, ratings: Iterable[ChoicesFinding]) -> Ranked | None:
    """The ratings of which 100 people or more answered both questions; None with fewer than three of them.

    A rating on which nearly everybody agrees is left out: without variance nothing can go together with anything.
    """
    shown = [r for r in ratings if max(c.count for c in r.choices) <= LARGEST_CATEGORY * r.base.n]
    tables = _tables(summary, [rating.code for rating in shown])
    known = {}
    for code, table in tables.items():
        people = sum(map(sum, table))
        if people >= SMALLEST_TABLE and (found := association(table)) is not None:
            known[code] = Importance(found.value, found.interval.low, found.interval.high, people)
    if len(known) < _FEWEST_RANKED:
        return None
    return Ranked(known, median(one.value for one in known.values()))


def largest_pair(summary: EditionSummary) -> int:
    """How many people answered both questions of the largest pair with the overall rating; 0 without one."""
    codes = {found.code for group in summary.pairs for found in group.findings}
    codes |= {group.by for group in summary.pairs}
    tables = _tables(summary, codes - {OVERALL})
    return max((sum(map(sum, table)) for table in tables.values()), default=0)


def _tables(summary: EditionSummary, codes: Iterable[str]) -> dict[str, list[list[int]]]:
    """For each question paired with the overall one, how many gave which answer to both, the lowest first.

    Where one of the pairs is counted by halves, all are: only what is measured alike can be ranked.
    """
    found = {code: groups for code in codes if (groups := _groups(summary, code))}
    if any(group.value in HALVES for groups in found.values() for group, _ in groups):
        return {code: _by_halves(summary, groups) for code, groups in found.items()}
    return {
        code: [[c.count for c in reversed(answers.choices)] for _, answers in reversed(groups)]
        for code, groups in found.items()
    }


def _by_halves(summary: EditionSummary, groups: Sequence[_Group]) -> list[list[int]]:
    table = [[0, 0], [0, 0]]
    better = {BETTER_HALF, *_better_half(summary, groups[0][0].by)}
    for group, answers in groups:
        row = table[group.value in better]
        for choice in answers.choices:
            row[choice.role == "positive"] += choice.count
    return table


def _better_half(summary: EditionSummary, code: str) -> tuple[str, ...]:
    found = summary.finding(code)
    if not isinstance(found, ChoicesFinding):
        return ()
    return tuple(choice.code for choice in found.choices if choice.role == "positive")


def _groups(summary: EditionSummary, code: str) -> list[_Group]:
    """The pair of the question and the overall one, whichever was named first."""
    return _named(summary, by=OVERALL, code=code) or _named(summary, by=code, code=OVERALL)


def _named(summary: EditionSummary, *, by: str, code: str) -> list[_Group]:
    return [
        (group, found)
        for group in summary.pairs
        if group.by == by
        for found in group.findings
        if found.code == code and isinstance(found, ChoicesFinding) and found.kind == "rating"
    ]
