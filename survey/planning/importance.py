"""How closely each rating goes with the overall one, from pairs that were named before opening; pure.

It says which answers go together, never why. All questions share the mood of the day, so only their order counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from survey.model.summary import ChoicesFinding
from survey.planning.subjects import OVERALL
from survey.statistics.association import LARGEST_CATEGORY, SMALLEST_TABLE, association

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.model.summary import EditionSummary, GroupSummary

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
    known = {}
    for rating in ratings:
        if max(c.count for c in rating.choices) > LARGEST_CATEGORY * rating.base.n:
            continue
        table = _table(summary.pairs, rating.code)
        people = sum(map(sum, table))
        if people < SMALLEST_TABLE or (found := association(table)) is None:
            continue
        known[rating.code] = Importance(
            found.value, found.interval.low, found.interval.high, people
        )
    if len(known) < _FEWEST_RANKED:
        return None
    return Ranked(known, median(one.value for one in known.values()))


def largest_pair(summary: EditionSummary) -> int:
    """How many people answered both questions of the largest pair with the overall rating; 0 without one."""
    codes = {found.code for group in summary.pairs for found in group.findings}
    codes |= {group.by for group in summary.pairs}
    return max((sum(map(sum, _table(summary.pairs, code))) for code in codes), default=0)


def _table(pairs: Sequence[GroupSummary], code: str) -> list[list[int]]:
    """How many gave which answer to both questions, the lowest first; whichever was named first."""
    if code == OVERALL:
        return []
    found = _counts(pairs, by=OVERALL, code=code) or _counts(pairs, by=code, code=OVERALL)
    return [list(reversed(row)) for row in reversed(found)]


def _counts(pairs: Sequence[GroupSummary], *, by: str, code: str) -> list[list[int]]:
    return [
        [choice.count for choice in found.choices]
        for group in pairs
        if group.by == by
        for found in group.findings
        if found.code == code and isinstance(found, ChoicesFinding) and found.choices
    ]
