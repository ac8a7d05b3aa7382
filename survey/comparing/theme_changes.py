"""How the themes of texts changed: texts are counted, but it is people who differ by chance; pure.

One person writes several texts and may say the same in all of them. Chance is therefore judged as if only as many
people had spoken as certainly wrote: shares stay, intervals grow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from survey.model.comparison import Verdict
from survey.statistics.difference import Counted
from survey.statistics.pairs import ChosenPair, Unjudged
from survey.statistics.printed import whole_points
from survey.statistics.verdict import THRESHOLD_POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.model.comparison import Change, ComparedEdition
    from survey.statistics.pairs import Pair


def theme_pair(newest: ComparedEdition, base: ComparedEdition, *, codes: Sequence[str]) -> Pair:
    """All themes that both editions show, as one question with so many options."""
    if not newest.writers or not base.writers:
        return Unjudged(Verdict.TOO_FEW)
    return ChosenPair(
        tuple(_people(newest, code) for code in codes),
        tuple(_people(base, code) for code in codes),
    )


def with_printed_texts(
    change: Change, code: str, newest: ComparedEdition, base: ComparedEdition
) -> Change:
    """The change with the difference of the shares that are printed; it stays within the span."""
    if change.points is None or change.span is None:
        return change
    low, high = change.span
    points = min(max(whole_points(_share(newest, code) - _share(base, code)), low), high)
    is_small = abs(points) < THRESHOLD_POINTS
    verdict = (
        Verdict.SMALL
        if is_small and change.verdict in {Verdict.MORE, Verdict.LESS}
        else change.verdict
    )
    direction: Literal[-1, 0, 1] = 0 if points == 0 else 1 if points > 0 else -1
    return replace(change, points=points, direction=direction, verdict=verdict)


def _people(edition: ComparedEdition, code: str) -> Counted:
    writers = min(edition.writers, edition.texts)
    return Counted(round(_share(edition, code) * writers), writers, None)


def _share(edition: ComparedEdition, code: str) -> float:
    return next(theme.texts for theme in edition.themes if theme.code == code) / edition.texts
