"""Corrections for asking many questions at once, and the trend over many editions."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.05
"""One false verdict in a whole family may be as likely as this."""


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """Each p-value adjusted so that one false verdict in the whole family is as unlikely as the level."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    adjusted = [0.0] * len(chances)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def benjamini_hochberg(chances: Sequence[float]) -> tuple[float, ...]:
    """Each p-value adjusted for the expected share of false findings: to sort lists, never for verdicts."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    adjusted = [0.0] * len(chances)
    lowest = 1.0
    for rank, index in reversed(list(enumerate(order, start=1))):
        lowest = min(lowest, len(chances) * chances[index] / rank)
        adjusted[index] = lowest
    return tuple(adjusted)


def kendall_trend(values: Sequence[float]) -> float:
    """How likely values in time order rise or fall at least as steadily by chance, ties included.

    Exact over all orders of the values. With four editions it cannot fall below .083.
    """
    score = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    orders = _orders_by_inversions(tuple(sorted(Counter(values).values())))
    untied = len(orders) - 1
    extreme = sum(
        count
        for inversions, count in enumerate(orders)
        if abs(untied - 2 * inversions) >= abs(score)
    )
    return float(Fraction(extreme, sum(orders)))


@lru_cache(maxsize=64)
def _orders_by_inversions(alike: tuple[int, ...]) -> tuple[int, ...]:
    """How many distinct orders of so many values alike each have 0, 1, 2 … pairs in falling order."""
    # The generating function is a Gaussian multinomial coefficient: [n]! / ([t1]! [t2]! …).
    orders = [1]
    for factor in range(2, sum(alike) + 1):
        orders = [
            sum(orders[max(0, place - factor + 1) : place + 1])
            for place in range(len(orders) + factor - 1)
        ]
    for tied in alike:
        for factor in range(2, tied + 1):
            orders = _divided(orders, factor)
    return tuple(orders)


def _divided(orders: list[int], factor: int) -> list[int]:
    quotient: list[int] = []
    for place in range(len(orders) - factor + 1):
        quotient.append(orders[place] - sum(quotient[max(0, place - factor + 1) : place]))
    return quotient
