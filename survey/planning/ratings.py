"""Which ratings the planning team should look at, and which should stay as they are; pure.

A rating is weak or strong only where its whole printed interval lies on one side of the middle of all ratings,
also without counting on a finite population: the next edition has other people.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from survey.model.planning import MOST_CANDIDATES, Candidate
from survey.model.summary import ChoicesFinding
from survey.planning.certainty import highest, lowest
from survey.planning.decision_tables import findings_of_everybody
from survey.planning.evidence import (
    Judged,
    Mentioned,
    against_keeping_it,
    against_looking_at_it,
    for_keeping_it,
    for_looking_at_it,
)
from survey.planning.importance import ranked_importance
from survey.planning.subjects import OVERALL
from survey.reporting.first_page import whole_percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from survey.language.wording import Wording
    from survey.model.comparison import Change
    from survey.model.planning import WishLine
    from survey.model.summary import EditionSummary, Statement

_FEWEST_RATINGS = 3
"""Fewer have no middle to lie below or above."""
_MANY_TEXTS = 0.10
"""A theme in at least so many of the texts is a reason to look at its question."""


@dataclass(frozen=True, slots=True)
class JudgedRatings:
    """The ratings of an edition against their middle."""

    weak: tuple[Judged, ...]
    """The furthest below first."""
    strong: tuple[Judged, ...]
    """The furthest above first."""
    has_importance: bool

    @property
    def to_look_at(self) -> tuple[Judged, ...]:
        """Weak and important, or weak and much written about."""
        return tuple(one for one in self.weak if one.is_important or one.theme is not None)

    @property
    def unweighed(self) -> tuple[Judged, ...]:
        """Weak, and nothing tells how much it matters."""
        return tuple(
            one
            for one in self.weak
            if not one.is_important and not one.is_unimportant and one.theme is None
        )


def judged_ratings(
    summary: EditionSummary,
    *,
    themes: Iterable[WishLine],
    questions_of_themes: Mapping[str, str],
    changes: Mapping[str, Change],
    base_label: str,
) -> JudgedRatings:
    """The ratings of an edition against their middle, each with what is known beside it.

    `questions_of_themes`: the question each theme (``theme:pausen``) speaks of; `changes` by the code of the question.
    """
    ratings = [
        (found, found.positive)
        for found in findings_of_everybody(summary)
        if isinstance(found, ChoicesFinding)
        and found.positive is not None
        and found.code != OVERALL
    ]
    importance = ranked_importance(summary, [found for found, _ in ratings])
    if len(ratings) < _FEWEST_RATINGS:
        return JudgedRatings((), (), has_importance=importance is not None)
    middle = whole_percent(median(share.share for _, share in ratings))
    mentioned = _mentioned(themes, questions_of_themes)
    judged = [
        Judged(
            found,
            share,
            middle,
            len(ratings),
            importance,
            mentioned.get(found.code),
            changes.get(found.code),
            base_label,
        )
        for found, share in ratings
    ]
    return JudgedRatings(
        tuple(
            sorted((j for j in judged if highest(j.share) < middle), key=lambda j: highest(j.share))
        ),
        tuple(
            sorted((j for j in judged if lowest(j.share) > middle), key=lambda j: -lowest(j.share))
        ),
        has_importance=importance is not None,
    )


def candidates(judged: JudgedRatings) -> tuple[Candidate, ...]:
    """What the planning team should look at, with evidence and counter-evidence."""
    return tuple(
        _candidate(one, for_looking_at_it(one), against_looking_at_it(one))
        for one in judged.to_look_at[:MOST_CANDIDATES]
    )


def to_keep(judged: JudgedRatings) -> tuple[Candidate, ...]:
    """What should stay as it is."""
    return tuple(
        _candidate(one, for_keeping_it(one), against_keeping_it(one))
        for one in judged.strong[:MOST_CANDIDATES]
    )


def _candidate(
    judged: Judged, evidence: tuple[Statement, ...], counter_evidence: tuple[Statement, ...]
) -> Candidate:
    found = judged.finding
    label: Wording = found.positive_label or found.wording
    return Candidate(
        found.code, found.wording, label, judged.share, found.base, evidence, counter_evidence
    )


def _mentioned(
    themes: Iterable[WishLine], questions_of_themes: Mapping[str, str]
) -> dict[str, Mentioned]:
    """By question, the theme that most texts speak of: at least a tenth of all."""
    found: dict[str, Mentioned] = {}
    for theme in themes:
        question = questions_of_themes.get(theme.subject, "")
        if question and theme.of and theme.count >= _MANY_TEXTS * theme.of:
            best = found.get(question)
            if best is None or best.texts < theme.count:
                found[question] = Mentioned(theme.label, theme.count, theme.of)
    return found
