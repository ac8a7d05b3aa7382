"""Sessions that should be offered again: only those that lie above the middle for certain, and no ranks; pure."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from survey.model.planning import Candidate
from survey.model.summary import ChoicesFinding, Statement
from survey.planning.certainty import lowest
from survey.planning.subjects import SESSION
from survey.reporting.first_page import whole_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.model.summary import EditionSummary, SessionSummary, Share

    _Rated = tuple[SessionSummary, ChoicesFinding, Share]

_FEWEST_SESSIONS = 3
"""Fewer have no middle to lie above."""


def sessions_to_offer_again(summary: EditionSummary) -> tuple[Candidate, ...]:
    """Sessions above the middle of all that were rated with the same question, in the order of the programme."""
    by_question: dict[str, list[_Rated]] = defaultdict(list)
    for session in summary.sessions:
        rating = next(
            (f for f in session.findings if isinstance(f, ChoicesFinding) and f.kind == "rating"),
            None,
        )
        if rating is not None and rating.positive is not None:
            by_question[rating.code].append((session, rating, rating.positive))
    found = [one for rated in by_question.values() for one in _above(rated)]
    order = [session.session.code for session in summary.sessions]
    return tuple(sorted(found, key=lambda one: order.index(one.subject.removeprefix(SESSION))))


def _above(rated: Sequence[_Rated]) -> list[Candidate]:
    if len(rated) < _FEWEST_SESSIONS:
        return []
    middle = whole_percent(median(share.share for _, _, share in rated))
    return [
        Candidate(
            f"{SESSION}{session.session.code}",
            session.session.title,
            rating.positive_label or rating.wording,
            share,
            rating.base,
            (
                Statement(
                    "Gesichert über der Mitte der %(sessions)d Programmpunkte mit dieser Frage; "
                    "sie liegt bei %(median)d %%.",
                    (("sessions", len(rated)), ("median", middle)),
                    f"{SESSION}{session.session.code}",
                ),
            ),
            (),
        )
        for session, rating, share in rated
        if lowest(share) > middle
    ]
