"""How many answers are needed: which change would be seen, and when an order of options would be settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

POWER = 0.80
"""A change counts as seen if it gets its verdict in at least four of five cases."""
USUAL_FAMILY = 25
"""So many closed questions are usually compared."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """So many answers, of so many who could answer; or nobody knows of how many."""

    answered: int
    eligible: int | None


def visible_change(newest: Turnout, base: Turnout, *, family: int = USUAL_FAMILY) -> int | None:
    """The smallest change of a share, in points, that would be seen in at least four of five cases.

    The shares lie around one half, where chance acts most; none where no change would be seen.
    """
    raise NotImplementedError


def answers_to_see(
    points: int, *, eligible: int | None, base: Turnout, family: int = USUAL_FAMILY
) -> int | None:
    """The fewest answers with which a change of so many points would be seen; None if all would not do."""
    raise NotImplementedError


def answers_to_lead(counts: Sequence[int], *, eligible: int | None) -> int | None:
    """How many answers would have settled which option leads, had all shares stayed as they are.

    `counts` are all options of one choice. Settled means that the intervals, in whole percent, do not touch.
    None where even all the eligible (or a hundred thousand) would not have settled it.
    """
    raise NotImplementedError
