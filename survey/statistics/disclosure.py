"""What may be shown of a small group. The thresholds can be raised, never lowered."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST_GROUP = 5
"""Answers an edition's or a session's result needs."""
SMALLEST_SUBGROUP = 10
"""Answers a breakdown's cell, a pair's cell, or a set of texts needs."""
_ANNOUNCED_STEP = 5


class Showing(Enum):
    """How a question's result may be shown."""

    FIGURES = "figures"
    WORDS = "words"
    """The prevailing answer in a word, without figures: they would tell everybody's answer."""
    WITHHELD = "withheld"


def showing(
    counts: Sequence[int],
    answered: int,
    *,
    eligible: int | None,
    threshold: int = SMALLEST_GROUP,
) -> Showing:
    """How one question's result of an edition or a session may be shown, by this question's answers."""
    if not is_large_enough(answered, eligible=eligible, threshold=threshold):
        return Showing.WITHHELD
    if is_unanimous(counts, answered, eligible=eligible):
        return Showing.WORDS
    return Showing.FIGURES


def subgroup_showing(
    counts: Sequence[int],
    answered: int,
    *,
    positive: int,
    eligible: int | None,
    threshold: int = SMALLEST_SUBGROUP,
) -> Showing:
    """The same for a sub-group, where a top share of all is telling too."""
    return showing((*counts, positive), answered, eligible=eligible, threshold=threshold)


def is_large_enough(
    answered: int, *, eligible: int | None, threshold: int = SMALLEST_GROUP
) -> bool:
    """Whether enough answered, out of enough who could have; `eligible` may be unknown."""
    _check_threshold(threshold)
    if answered < 0 or (eligible is not None and answered > eligible):
        raise ImpossibleCounts(answered=answered, eligible=eligible)
    return answered >= threshold and (eligible is None or eligible >= 2 * threshold)


def is_complement_safe(part: int, whole: int, *, threshold: int = SMALLEST_GROUP) -> bool:
    """Whether subtracting a shown part from a shown whole leaves nobody, or enough persons."""
    _check_threshold(threshold)
    if not 0 <= part <= whole:
        raise ImpossibleCounts(part=part, whole=whole)
    return whole - part == 0 or whole - part >= threshold


def is_unanimous(counts: Sequence[int], answered: int, *, eligible: int | None) -> bool:
    """Whether the result tells everybody's answer: all eligible answered, and all the same.

    Where their number is unknown, those who answered may have been all.
    """
    return answered in counts and (eligible is None or answered == eligible)


def is_republication_safe(before: int, after: int, *, threshold: int = SMALLEST_GROUP) -> bool:
    """Whether a second table of the same group differs by enough persons.

    As many answers as before are no proof that they are the same ones, so equal counts are unsafe too.
    """
    _check_threshold(threshold)
    return abs(after - before) >= threshold


def announced_responses(responses: int) -> int:
    """The number of responses told while a form is open: rounded down to five."""
    return responses - responses % _ANNOUNCED_STEP


def _check_threshold(threshold: int) -> None:
    if threshold < SMALLEST_GROUP:
        raise ImpossibleCounts(threshold=threshold, smallest=SMALLEST_GROUP)
