"""How far a share reaches, as printed and for the next edition's people alike; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.reporting.first_page import whole_percent
from survey.statistics.interval import share_interval_without_population

if TYPE_CHECKING:
    from survey.model.summary import Share


def lowest(share: Share) -> int:
    """The lowest percent that is printed, or that has to be planned with."""
    low, _ = share.interval or (0.0, 1.0)
    return whole_percent(min(low, _next_time(share)[0]))


def highest(share: Share) -> int:
    """The highest percent that is printed, or that has to be planned with."""
    _, high = share.interval or (0.0, 1.0)
    return whole_percent(max(high, _next_time(share)[1]))


def _next_time(share: Share) -> tuple[float, float]:
    # Other people will come: no population is exhausted.
    free = share_interval_without_population(share.count, share.n)
    return free.low, free.high
