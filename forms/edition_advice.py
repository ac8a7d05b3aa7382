"""What an edition file may do, but an organiser should know: no reason to refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import Problem, problem
from survey.model.items import choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.language.wording import Wording
    from survey.model.event import Edition
    from survey.model.items import Item


def advice(edition: Edition) -> tuple[Problem, ...]:
    """Texts without easy language or English, and sessions that no question asks about."""
    return (*_missing_wordings(edition), *_unasked_sessions(edition))


def _missing_wordings(edition: Edition) -> Iterator[Problem]:
    asked = {
        **{s.code: (s.heading, s.introduction) for s in edition.questionnaire.sections},
        **{i.code: _texts(i) for s in edition.questionnaire.sections for i in s.items},
        **{s.code: (s.title,) for s in edition.programme.held_and_rated()},
    }
    easy = [code for code, texts in asked.items() if any(w and not w.easy for w in texts)]
    if easy:
        yield problem(
            "In Leichter Sprache fehlen Texte bei: %(codes)s. Dort steht dann der deutsche Text.",
            codes=", ".join(easy),
        )
    english = [code for code, texts in asked.items() if any(w and not w.en for w in texts)]
    if english:
        yield problem(
            "Auf Englisch fehlen Texte bei: %(codes)s. Dort steht dann der deutsche Text.",
            codes=", ".join(english),
        )


def _texts(item: Item) -> tuple[Wording, ...]:
    return (
        item.wording,
        item.hint,
        *(choice.label for choice in choices(item) if _is_own(choice.label)),
    )


def _is_own(label: Wording) -> bool:
    """False for the bare numbers of a recommendation, which are the same in every language."""
    return not label.de.isdigit()


def _unasked_sessions(edition: Edition) -> Iterator[Problem]:
    unasked = [
        session.code
        for session in edition.programme.held_and_rated()
        if not edition.questionnaire.session_items(session.kind)
    ]
    if unasked:
        yield problem(
            "Nach diesen Programmpunkten fragt der Fragebogen nicht: %(codes)s.",
            codes=", ".join(unasked),
        )
