"""Numbers as they are printed: in whole points, intervals never narrower than they are."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.statistics.interval import Interval

_HAIR = 1e-9


def whole_points(share: float) -> int:
    """A share or score in whole points as it is printed everywhere, halves away from zero."""
    return int(share * 100 + (0.5 if share >= 0 else -0.5))


def printed_span(interval: Interval, points: int) -> tuple[int, int]:
    """The interval in whole points, rounded outward, and around the difference of the printed values."""
    return (
        min(points, floor(interval.low * 100 + _HAIR)),
        max(points, ceil(interval.high * 100 - _HAIR)),
    )
