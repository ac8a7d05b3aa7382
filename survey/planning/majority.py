"""What a choice between options has decided, by the numbers that are printed; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.planning import Majority
from survey.planning.subjects import INDIFFERENT
from survey.reporting.first_page import whole_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.model.planning import OptionLine
    from survey.model.summary import Share

_HALF = 50


def majority_of(options: Sequence[OptionLine]) -> tuple[Majority, tuple[str, ...]]:
    """What was decided, and the codes of the one that leads or of those between which the order is open.

    Whoever leaves the choice to others counts among the answers; leading is for the others.
    """
    ranked = sorted(
        (option for option in options if option.code not in INDIFFERENT), key=lambda o: -o.count
    )
    if not ranked or not ranked[0].count:
        return Majority.OPEN, tuple(option.code for option in ranked)
    first = ranked[0]
    if first.share.bounds is not None and whole_percent(first.share.bounds[0]) > _HALF:
        return Majority.IN_ANY_CASE, (first.code,)
    low, _ = _interval(first.share)
    if low > _HALF:
        return Majority.CERTAIN, (first.code,)
    level = tuple(option.code for option in ranked[1:] if _interval(option.share)[1] >= low)
    if level:
        return Majority.OPEN, (first.code, *level)
    return Majority.LEADING, (first.code,)


def _interval(share: Share) -> tuple[int, int]:
    low, high = share.interval or (0.0, 1.0)
    return whole_percent(low), whole_percent(high)
