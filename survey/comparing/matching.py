"""Whether two editions asked the same question, and why not; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.comparison import Break

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.model.comparison import AskedQuestion, ComparedEdition


def asked(edition: ComparedEdition, code: str) -> AskedQuestion | None:
    """The edition's question with that code; None if nobody was asked it."""
    return of_code(edition.questions, code)


def of_code(questions: Iterable[AskedQuestion], code: str) -> AskedQuestion | None:
    """The question with that code; None if nobody was asked it."""
    for question in questions:
        if question.identity.code == code and question.finding.suppressed != "never_asked":
            return question
    return None


def why_other(one: AskedQuestion | None, other: AskedQuestion | None) -> Break | None:
    """Why the two are not the same question; None if they are."""
    if one is None or other is None or one.identity.code != other.identity.code:
        return Break.NOT_ASKED
    a, b = one.identity, other.identity
    if a.kind != b.kind:
        return Break.OTHER_KIND
    if a.wording_version != b.wording_version:
        return Break.OTHER_WORDING
    if a.scale_version != b.scale_version:
        return Break.OTHER_SCALE
    if a.population_rule != b.population_rule:
        return Break.OTHER_PEOPLE
    return None


def have_question_in_common(newest: ComparedEdition, earlier: ComparedEdition) -> bool:
    """True if at least one question of the two can be compared."""
    return any(
        why_other(asked(newest, question.identity.code), question) is None
        and not (question.finding.suppressed or _hidden(newest, question.identity.code))
        for question in earlier.questions
    )


def _hidden(edition: ComparedEdition, code: str) -> bool:
    question = asked(edition, code)
    return question is None or question.finding.suppressed is not None
