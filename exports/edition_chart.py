"""Where the parts of a comparison's charts stand: everything from 0 to 100, so that templates compute nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.model.comparison import Change, ComparedEdition, Point

_FEWEST_JOINED = 3
"""A line between two editions alone would look like a course."""
_LEAST_REACH = 20
_MOST_REACH = 100
# In points of print: how wide a letter, the space between names, and the charts of the report are.
_LETTER = 5
_GAP = 8
_LONG_NAME = 43
_HALF_A_LINE = 148
_WHOLE_LINE = 425


@dataclass(frozen=True, slots=True)
class Mark:
    """One edition's value as a dot with its two spans; None where there is none."""

    across: float
    at: float | None
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stretch of the line between neighbouring editions that can be compared."""

    across: float
    at: float
    to_across: float
    to_at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A line over the editions, with gaps where it breaks and a mark where the format changes."""

    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    turns: tuple[tuple[float, str], ...]
    """Where another format begins, and what it is called."""
    axis: tuple[str, str, str]
    """What stands at the foot, the middle and the top."""
    is_wide: bool
    """Too many editions, or too long names, for half a line."""
    is_staggered: bool
    """The names need two rows even on a whole line."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A difference with its span on an axis around zero, which is at 50."""

    at: float
    low: float
    high: float


def chart(
    points: Sequence[Point], editions: Sequence[ComparedEdition], formats: Sequence[str]
) -> Chart:
    """The line through these points; `formats` says how each edition's format is called."""
    width = 100 / len(points)
    room = max(len(edition.label) for edition in editions) * _LETTER + _GAP
    marks = tuple(_mark(point, (place + 0.5) * width) for place, point in enumerate(points))
    return Chart(
        marks,
        tuple(
            Stroke(left.across, left.at, right.across, right.at)
            for left, right in pairwise(marks)
            if left.at is not None and right.at is not None and len(points) >= _FEWEST_JOINED
        ),
        tuple(
            (place * width, formats[place])
            for place, (before, after) in enumerate(pairwise(editions), 1)
            if before.format is not after.format
        ),
        ("\u2212100", "0", "+100")
        if any(point.score is not None for point in points)
        else ("0\u202f%", "50\u202f%", "100\u202f%"),
        is_wide=room > _LONG_NAME or room * len(points) > _HALF_A_LINE,
        is_staggered=room * len(points) > _WHOLE_LINE,
    )


def reach(changes: Iterable[Change]) -> int:
    """How many points an axis around zero has to show on either side, in tens."""
    farthest = max((abs(limit) for change in changes for limit in change.span or ()), default=0)
    return min(_MOST_REACH, max(_LEAST_REACH, ceil(farthest / 10) * 10))


def strip(change: Change, *, around: int) -> Strip | None:
    """The change on an axis that reaches so many points to either side; None without numbers."""
    if change.points is None or change.span is None:
        return None

    def placed(points: int) -> float:
        return 50 + max(-around, min(around, points)) / around * 50

    return Strip(placed(change.points), placed(change.span[0]), placed(change.span[1]))


def _mark(point: Point, across: float) -> Mark:
    if point.score is not None:
        low, high = (None, None) if point.score_interval is None else point.score_interval
        least, most = (None, None) if point.score_bounds is None else point.score_bounds
        return Mark(across, *(_of_score(value) for value in (point.score, low, high, least, most)))
    if point.share is None:
        return Mark(across, None)
    low, high = (None, None) if point.share.interval is None else point.share.interval
    least, most = (None, None) if point.share.bounds is None else point.share.bounds
    return Mark(
        across, *(_of_share(value) for value in (point.share.share, low, high, least, most))
    )


def _of_share(share: float | None) -> float | None:
    return None if share is None else share * 100


def _of_score(score: float | None) -> float | None:
    return None if score is None else (score + 1) * 50
