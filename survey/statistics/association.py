"""How closely two questions' answers go together, from how many gave which two answers; never why."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts
from survey.statistics.distribution import CONFIDENCE, normal_quantile
from survey.statistics.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST_TABLE = 100
"""Pairs of answers that have to be complete before anything is derived from them."""
LARGEST_CATEGORY = 0.85
"""With more than this share of the answers on one point there is too little variance to judge importance by."""


@dataclass(frozen=True, slots=True)
class Association:
    """Kendall's tau-b: −1 if every pair of people is ordered in opposite ways, 1 if always in the same."""

    value: float
    interval: Interval
    """Asymptotic, for 100 pairs of answers and more."""
    chance: float
    """How likely chance alone orders people so alike (two-sided, normal)."""


def association(table: Sequence[Sequence[int]]) -> Association | None:
    """How far two ordered questions agree in who is above whom; none if either has only one answer.

    Rows are the points of one question and columns those of the other, lowest first: how many gave both.
    """
    rows = [list(row) for row in table]
    total = sum(map(sum, rows))
    is_whole = all(len(row) == len(rows[0]) for row in rows)
    if total < 1 or not is_whole or min(min(row) for row in rows) < 0:
        raise ImpossibleCounts(answered=total, rows=len(rows))
    across, down = [sum(row) for row in rows], [sum(column) for column in zip(*rows, strict=True)]
    row_spread = total**2 - sum(count**2 for count in across)
    column_spread = total**2 - sum(count**2 for count in down)
    if not row_spread or not column_spread:
        return None
    surplus = _surplus(rows)
    ordered = sum(
        count * surplus[i][j] for i, row in enumerate(rows) for j, count in enumerate(row)
    )
    spread = sqrt(row_spread * column_spread)
    value = ordered / spread
    leaning = sum(
        count
        * (2 * spread * surplus[i][j] + value * (across[i] * column_spread + down[j] * row_spread))
        ** 2
        for i, row in enumerate(rows)
        for j, count in enumerate(row)
    )
    squares = leaning - total**3 * value**2 * (row_spread + column_spread) ** 2
    error = sqrt(max(0.0, squares)) / spread**2
    reach = normal_quantile(1 - float((1 - CONFIDENCE) / 2)) * error
    return Association(
        value,
        Interval(value - reach, value + reach).clipped(Interval(-1.0, 1.0)),
        erfc(abs(ordered / 2) / sqrt(2 * _chance_variance(across, down))),
    )


def is_one_sided(counts: Sequence[int]) -> bool:
    """Whether nearly all chose one point, so that the question cannot go with anything."""
    return max(counts) > LARGEST_CATEGORY * sum(counts)


def _surplus(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """For each cell: the pairs ordered alike in both questions less those ordered the other way."""
    return [
        [
            sum(
                other * ((a > i) - (a < i)) * ((b > j) - (b < j))
                for a, line in enumerate(rows)
                for b, other in enumerate(line)
            )
            for j in range(len(row))
        ]
        for i, row in enumerate(rows)
    ]


def _chance_variance(across: Sequence[int], down: Sequence[int]) -> float:
    """How far the number of pairs ordered alike scatters by chance, ties included (Kendall)."""
    total = sum(across)
    untied = total * (total - 1) * (2 * total + 5)
    tied = sum(t * (t - 1) * (2 * t + 5) for t in (*across, *down))
    twos = [sum(t * (t - 1) for t in ties) for ties in (across, down)]
    threes = [sum(t * (t - 1) * (t - 2) for t in ties) for ties in (across, down)]
    variance = (untied - tied) / 18 + twos[0] * twos[1] / (2 * total * (total - 1))
    if threes[0] * threes[1]:
        variance += threes[0] * threes[1] / (9 * total * (total - 1) * (total - 2))
    return variance
