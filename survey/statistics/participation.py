"""Who answered, who did not, and whether the two look alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.errors import ImpossibleCounts
from survey.statistics.distribution import chi_square_at_least

if TYPE_CHECKING:
    from collections.abc import Sequence

_SMALLEST_EXPECTED = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many: responses of the invited, or valid answers of those a question concerned."""

    answered: int
    eligible: int

    def __post_init__(self) -> None:
        if not 0 <= self.answered <= self.eligible:
            raise ImpossibleCounts(answered=self.answered, eligible=self.eligible)

    @property
    def share(self) -> float | None:
        """The rate from 0 to 1; none where nobody was eligible."""
        return self.answered / self.eligible if self.eligible else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """The chi-square test of respondents against non-respondents."""

    statistic: float
    degrees: int
    chance: float
    """The p-value."""


def response_rate(boxes: int, *, invited: int) -> Rate:
    """Boxes of all invited persons; whom the mail did not reach stays in (AAPOR response rate 2)."""
    return Rate(boxes, invited)


def question_rate(answered: int, *, eligible: int) -> Rate:
    """Valid answers of the persons the question concerned."""
    return Rate(answered, eligible)


def session_population(
    booked: int, *, no_shows: int, not_attended: int, attended_instead: int
) -> int:
    """At most how many persons attended a session; whether the silent did is unknown.

    `no_shows` and `not_attended` are different persons: whoever is known to have been away and
    also says so is counted once, as a no-show.
    """
    if (
        min(booked, no_shows, not_attended, attended_instead) < 0
        or no_shows + not_attended > booked
    ):
        raise ImpossibleCounts(
            booked=booked,
            no_shows=no_shows,
            not_attended=not_attended,
            attended_instead=attended_instead,
        )
    return booked - no_shows - not_attended + attended_instead


def question_population(concerned: int, *, not_applicable: int) -> int:
    """How many persons a question concerns: those it does not apply to leave; who declines stays."""
    if not 0 <= not_applicable <= concerned:
        raise ImpossibleCounts(concerned=concerned, not_applicable=not_applicable)
    return concerned - not_applicable


def dissimilarity(respondents: Sequence[int], frame: Sequence[int]) -> float:
    """The share of respondents that would have to be others for the groups to match the frame."""
    _check_frame(respondents, frame)
    return (
        sum(
            abs(heard / sum(respondents) - registered / sum(frame))
            for heard, registered in zip(respondents, frame, strict=True)
        )
        / 2
    )


def likeness(respondents: Sequence[int], frame: Sequence[int]) -> Likeness | None:
    """Respondents tested against non-respondents, group by group; none where groups are too small.

    Not against the frame: it contains the respondents, so the test would hide a difference.
    """
    _check_frame(respondents, frame)
    silent = [registered - heard for heard, registered in zip(respondents, frame, strict=True)]
    if not sum(silent) or len(frame) == 1:
        return None
    statistic = 0.0
    for row in (respondents, silent):
        for observed, registered in zip(row, frame, strict=True):
            expected = sum(row) * registered / sum(frame)
            if expected < _SMALLEST_EXPECTED:
                return None
            statistic += (observed - expected) ** 2 / expected
    return Likeness(statistic, len(frame) - 1, chi_square_at_least(statistic, len(frame) - 1))


def _check_frame(respondents: Sequence[int], frame: Sequence[int]) -> None:
    if len(respondents) != len(frame) or sum(respondents) < 1:
        raise ImpossibleCounts(
            respondent_groups=len(respondents), frame_groups=len(frame), responses=sum(respondents)
        )
    for heard, registered in zip(respondents, frame, strict=True):
        if not 0 <= heard <= registered:
            raise ImpossibleCounts(answered=heard, eligible=registered)
