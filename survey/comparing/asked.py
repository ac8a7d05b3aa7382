"""What an edition asked and may show of the answers, as it goes into comparisons; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model import items
from survey.model.comparison import (
    AskedQuestion,
    ComparedEdition,
    ComparedSession,
    QuestionIdentity,
)
from survey.model.summary import ChoicesFinding, NumbersFinding, TextsFinding
from survey.reporting.publication_log import earlier_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.model.earlier import EarlierEdition, EarlierQuestion
    from survey.model.event import Edition
    from survey.model.items import Item
    from survey.model.questionnaire import Section
    from survey.model.summary import EditionSummary, Finding, SessionSummary


def counted_here(
    summary: EditionSummary, edition: Edition, *, topics: Mapping[str, str]
) -> ComparedEdition:
    """An edition that was counted here, by what is published of it; `topics` are those of its sessions."""
    general = tuple(
        asked
        for section in summary.sections
        for found in section.findings
        for asked in _asked(edition, found)
    )
    return ComparedEdition(
        name=summary.name,
        label=str(summary.starts.year),
        title=summary.title,
        format=summary.format,
        starts=summary.starts,
        # Where some answered without a personal link, nobody knows how many could have.
        invited=None if summary.open_answers else summary.invited,
        answered=summary.answered,
        questions=general,
        sessions=tuple(
            _session(edition, session, topics.get(session.session.code, ""))
            for session in summary.sessions
            if session.suppressed != "never_asked"
        ),
        themes=summary.themes,
        texts=summary.themes_among,
        writers=_writers(summary),
        layout_version=edition.questionnaire.layout_version,
        is_made_up=summary.is_made_up,
    )


def brought_from_elsewhere(earlier: EarlierEdition) -> ComparedEdition:
    """An edition that was asked with another tool, by the same law of small groups."""
    return ComparedEdition(
        name=earlier.name,
        label=str(earlier.starts.year),
        title=earlier.title,
        format=earlier.format,
        starts=earlier.starts,
        invited=earlier.invited,
        answered=earlier.answered,
        questions=tuple(
            AskedQuestion(_brought(earlier, question, found), found)
            for question, found in earlier_findings(earlier, threshold=earlier.disclosure_threshold)
            if kind_of(found)
        ),
        source=earlier.source,
        is_made_up=earlier.is_made_up,
    )


def kind_of(found: Finding) -> str:
    """The kind of the question as in `QuestionIdentity`; empty for texts, which are not compared."""
    match found:
        case ChoicesFinding():
            return found.kind
        case NumbersFinding():
            return "recommendation"
        case TextsFinding():
            return ""


def _asked(edition: Edition, found: Finding) -> Iterator[AskedQuestion]:
    if not kind_of(found):
        return
    questionnaire = edition.questionnaire
    item = questionnaire.item(found.code)
    identity = QuestionIdentity(
        code=item.code,
        kind=kind_of(found),
        wording_version=str(item.wording_version),
        scale_version=_scale(str(item.scale_version), item),
        population_rule=_population_rule(questionnaire.section_of(item.code)),
    )
    yield AskedQuestion(identity, found)


def _scale(version: str, item: Item) -> str:
    # Two scales of one version with other answers are two scales, whoever forgot to raise it.
    return " ".join((version, *(choice.code for choice in items.choices(item))))


def _population_rule(section: Section) -> str:
    if section.condition is None:
        return ""
    return f"{section.condition.item}={','.join(sorted(section.condition.choices))}"


def _session(edition: Edition, session: SessionSummary, topic: str) -> ComparedSession:
    return ComparedSession(
        code=session.session.code,
        title=session.session.title,
        topic=topic,
        questions=tuple(a for found in session.findings for a in _asked(edition, found)),
        base=session.base,
        suppressed=session.suppressed,
    )


def _brought(
    earlier: EarlierEdition, question: EarlierQuestion, found: Finding
) -> QuestionIdentity:
    item = question.item
    # What is not worded like ours is comparable with what another edition from elsewhere asked in these very words.
    wording = str(item.wording_version) if question.is_worded_alike else question.their_question
    labels = "|".join(choice.label.de for choice in items.choices(item))
    return QuestionIdentity(
        code=item.code,
        kind=kind_of(found),
        wording_version=wording,
        scale_version=_scale(str(item.scale_version) if question.has_same_scale else labels, item),
        # Whom else they asked there, nobody can match with anybody.
        population_rule="" if question.is_of_everybody else earlier.name,
    )


def _writers(summary: EditionSummary) -> int:
    """At least so many people wrote the texts: nobody writes two to one question."""
    findings = (
        *(found for section in summary.sections for found in section.findings),
        *(found for session in summary.sessions for found in session.findings),
    )
    return max((found.base.n for found in findings if isinstance(found, TextsFinding)), default=0)
