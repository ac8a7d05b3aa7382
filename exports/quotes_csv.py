"""The released texts of a summary as CSV, in no order that tells anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.summary_csv import csv_text
from survey.model.summary import TextsFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.language.wording import Language
    from survey.model.summary import EditionSummary, Finding


def quotes_csv(summary: EditionSummary, language: Language) -> str:
    """Every quote of the summary with its question."""
    return csv_text(
        ("edition", "session", "session_title", "item", "question", "text"),
        list(_rows(summary, language)),
    )


def _rows(summary: EditionSummary, language: Language) -> Iterator[tuple[str, ...]]:
    for section in summary.sections:
        yield from _quotes(section.findings, (summary.name, "", ""), language)
    for session in summary.sessions:
        title = session.session.title.in_language(language)
        head = (summary.name, session.session.code, title)
        yield from _quotes(session.findings, head, language)


def _quotes(
    findings: tuple[Finding, ...], head: tuple[str, ...], language: Language
) -> Iterator[tuple[str, ...]]:
    for finding in findings:
        if isinstance(finding, TextsFinding):
            question = finding.wording.in_language(language)
            # By the alphabet: the order in which texts were stored or released stays here.
            for quote in sorted(finding.quotes):
                yield (*head, finding.code, question, quote)
