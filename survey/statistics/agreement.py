"""How far two readers agree in what they read in the same texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often both said the same, and what is left of that beyond chance."""

    observed: float
    """The share of texts of which both said the same."""
    kappa: float | None
    """Cohen's kappa: 0 as by chance, 1 always; None where both said the same of all texts."""


def agreement(table: Sequence[Sequence[int]]) -> Agreement:
    """Cohen's agreement from how many texts one reader (rows) and the other (columns) put where."""
    total = sum(map(sum, table))
    is_square = all(len(row) == len(table) for row in table)
    if total < 1 or not is_square or min(min(row) for row in table) < 0:
        raise ImpossibleCounts(texts=total, categories=len(table))
    alike = sum(row[place] for place, row in enumerate(table))
    expected = sum(
        sum(row) * sum(column) for row, column in zip(table, zip(*table, strict=True), strict=True)
    )
    if expected == total**2:
        return Agreement(alike / total, None)
    return Agreement(alike / total, (alike * total - expected) / (total**2 - expected))
