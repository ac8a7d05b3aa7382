"""The summary as rows, one per number that is shown: what CSV and XLSX files are made from."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from survey.language.catalogue import catalogue
from survey.model.items import ANSWERED, NO_ANSWER, NOT_ATTENDED
from survey.model.summary import ChoicesFinding, NumbersFinding, TextsFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.language.wording import Language
    from survey.model.summary import EditionSummary, Finding, Share

POSITIVE = "_positive"
"""Row of the better half of a rating, together."""
HIGH = "_8_to_10"
"""Row of 8, 9 and 10 together."""
THEMES = "_themes"
"""Rows of the themes of texts; their counts are texts, not people."""
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One number; shares from 0 to 1, limits as shares of N."""

    edition: str
    session: str = ""
    session_title: str = ""
    group: str = ""
    item: str = ""
    question: str = ""
    value: str = ""
    label: str = ""
    count: int | None = None
    n: int = 0
    N: int | None = None
    share: float | None = None
    interval_low: float | None = None
    interval_high: float | None = None
    bounds_low: float | None = None
    bounds_high: float | None = None
    suppressed: str = ""

    def cells(self) -> tuple[Cell, ...]:
        """The row's values in the order of the columns."""
        return astuple(self)


COLUMNS = tuple(f.name for f in fields(TableRow))


def table_rows(summary: EditionSummary, language: Language) -> tuple[TableRow, ...]:
    """Every number of the summary, in the report's order."""
    return tuple(_rows(summary, language))


def _rows(summary: EditionSummary, language: Language) -> Iterator[TableRow]:
    words = catalogue(language)
    for section in summary.sections:
        for finding in section.findings:
            yield from _of(finding, _head(summary, finding, language), language)
    for session in summary.sessions:
        title = session.session.title.in_language(language)
        if session.suppressed:
            yield TableRow(
                edition=summary.name,
                session=session.session.code,
                session_title=title,
                value=ANSWERED,
                label=words.gettext("Antworten"),
                n=session.base.n,
                N=session.base.N,
                suppressed=session.suppressed,
            )
        for finding in session.findings:
            head = _head(summary, finding, language)
            head = replace(head, session=session.session.code, session_title=title)
            yield from _of(finding, head, language)
    for group in (*summary.breakdown, *summary.pairs):
        for finding in group.findings:
            head = replace(_head(summary, finding, language), group=f"{group.by}={group.value}")
            yield from _of(finding, head, language)
    for theme in summary.themes:
        yield TableRow(
            edition=summary.name,
            item=THEMES,
            question=words.gettext("Themen aus den Texten"),
            value=theme.code,
            label=theme.label.in_language(language),
            count=theme.texts,
        )


def _head(summary: EditionSummary, finding: Finding, language: Language) -> TableRow:
    """What all rows of a question share; by itself the row of its base."""
    return TableRow(
        edition=summary.name,
        item=finding.code,
        question=finding.wording.in_language(language),
        value=ANSWERED,
        label=catalogue(language).gettext("Antworten"),
        count=finding.base.n,
        n=finding.base.n,
        N=finding.base.N,
    )


def _of(finding: Finding, head: TableRow, language: Language) -> Iterator[TableRow]:
    if finding.suppressed:
        yield replace(head, count=None, suppressed=finding.suppressed)
        return
    yield head
    words = catalogue(language)
    match finding:
        case ChoicesFinding():
            for choice in finding.choices:
                label = choice.label.in_language(language)
                yield _measured(head, choice.code, label, choice.share, count=choice.count)
            if finding.positive and finding.positive_label:
                label = finding.positive_label.in_language(language)
                yield _measured(
                    head, POSITIVE, label, finding.positive, count=finding.positive.count
                )
            yield from _missing(
                head, NOT_ATTENDED, words.gettext("Nicht teilgenommen"), finding.absent
            )
            yield from _missing(head, NO_ANSWER, words.gettext("Keine Angabe"), finding.no_answer)
        case NumbersFinding():
            for number, count in enumerate(finding.counts):
                yield replace(head, value=str(number), label=str(number), count=count)
            if finding.high_share:
                label = words.gettext("8 bis 10")
                yield _measured(
                    head, HIGH, label, finding.high_share, count=finding.high_share.count
                )
            yield from _missing(head, NO_ANSWER, words.gettext("Keine Angabe"), finding.no_answer)
        case TextsFinding():
            pass


def _missing(head: TableRow, value: str, label: str, count: int) -> Iterator[TableRow]:
    if count:
        yield replace(head, value=value, label=label, count=count)


def _measured(
    head: TableRow, value: str, label: str, share: Share | None, *, count: int
) -> TableRow:
    low, high = (share.interval if share else None) or (None, None)
    least, most = (share.bounds if share else None) or (None, None)
    return replace(
        head,
        value=value,
        label=label,
        count=count,
        share=share.share if share else None,
        interval_low=low,
        interval_high=high,
        bounds_low=least,
        bounds_high=most,
    )
