"""Draws an edition's results for everybody: the public page and its preview are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import publishing
from survey.web.drawing import draw

if TYPE_CHECKING:
    from datetime import tzinfo

    from survey.language.wording import Language
    from survey.publishing import PublicResult
    from survey.web.style import Style


@dataclass(frozen=True, slots=True)
class Said:
    """Something people said, and what the organisers make of it."""

    sentences: tuple[str, ...]
    decisions: tuple[str, ...]
    """What the organisers make of it, and what the planners decided about it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Something the planners decided for the next edition that answers to no finding of the page."""

    about: str
    """The question, theme or session; empty for something of their own."""
    decision: str


def draw_public_results(
    style: Style, found: PublicResult, language: Language, *, zone: tzinfo
) -> str:
    """The page, for everybody and for the preview alike."""
    from exports.finding_words import FindingWords  # noqa: PLC0415 -- most pages draw no chart
    from exports.summary_view import summary_view  # noqa: PLC0415 -- the same

    words = FindingWords(language)
    planned = {one.decision.subject: one for one in found.planned}
    said = []
    for one in publishing.answerables(found.summary):
        made_of_it = [found.decisions.get(one.code)]
        if one.code in planned:
            made_of_it.append(planned.pop(one.code).decision.text)
        sentences = tuple(words.statement(statement) for statement in one.statements)
        if one.theme is not None:
            label = one.theme.label.in_language(language)
            sentences = (f"{label}: {words.texts(one.theme.texts)}",)
        decisions = tuple(text.in_language(language) for text in made_of_it if text)
        if one.statements or decisions:
            said.append(Said(sentences, decisions))
    summary = found.summary
    return draw(
        style,
        "participant/results.html",
        language=language,
        edition=found.record.edition,
        summary=summary,
        shown=summary_view(summary, language),
        said=said,
        planned=tuple(
            Planned(one.label.in_language(language), one.decision.text.in_language(language))
            for one in planned.values()
        ),
        has_decisions=bool(found.planned) or any(one.decisions for one in said),
        closed_on=summary.closed.astimezone(zone).date(),
        counted_on=summary.counted.astimezone(zone).date(),
    )
