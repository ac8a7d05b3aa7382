"""Whether comparable editions, in their order, rise or fall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from survey.statistics.family import LEVEL, kendall_trend
from survey.statistics.printed import whole_points

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_FOR_TREND = 5
"""With four editions even a steady rise is chance in 8 of 100 cases."""


def trend(values: Sequence[float]) -> Literal["rising", "falling"] | None:
    """Which way the shares (or scores) of comparable editions, the oldest first, went steadily.

    Decided on whole points as printed. None below five editions, and where the order may be chance.
    """
    printed = [whole_points(value) for value in values]
    if len(printed) < FEWEST_FOR_TREND or kendall_trend(printed) >= LEVEL:
        return None
    pairs = [(a, b) for place, a in enumerate(printed) for b in printed[place + 1 :]]
    return "rising" if sum((b > a) - (b < a) for a, b in pairs) > 0 else "falling"
