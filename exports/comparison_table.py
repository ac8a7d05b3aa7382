"""A comparison as rows: one for every change, one for every value of every edition."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from exports.comparison_words import ComparisonWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exports.summary_table import Cell
    from survey.language.wording import Language
    from survey.model.comparison import Change, Comparison, Line, Point

QUESTIONS, THEMES, TOPICS = "question", "theme", "topic"
"""Of which part of the comparison a row is."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What may be said about one line; points out of 100."""

    part: str
    item: str
    question: str
    option: str
    label: str
    newest: str
    base: str
    verdict: str
    reason: str
    points: int | None
    span_low: int | None
    span_high: int | None
    delta: float | None
    chance: float | None
    adjusted: float | None
    is_robust: int
    holds_next_time: int
    tipping_percent: int | None
    trend: str
    sentence: str

    def cells(self) -> tuple[Cell, ...]:
        """The row's values in the order of the columns."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One line in one edition; shares from 0 to 1, limits as shares of N; scores from −1 to 1."""

    part: str
    item: str
    question: str
    option: str
    label: str
    edition: str = ""
    source: str = ""
    session: str = ""
    n: int | None = None
    N: int | None = None
    count: int | None = None
    value: float | None = None
    interval_low: float | None = None
    interval_high: float | None = None
    bounds_low: float | None = None
    bounds_high: float | None = None
    missing: str = ""

    def cells(self) -> tuple[Cell, ...]:
        """The row's values in the order of the columns."""
        return astuple(self)


CHANGE_COLUMNS = tuple(field.name for field in fields(ChangeRow))
VALUE_COLUMNS = tuple(field.name for field in fields(ValueRow))


def change_rows(comparison: Comparison, language: Language) -> tuple[ChangeRow, ...]:
    """Every change, in the report's order; a topic has one where one session of each edition is of it."""
    words = ComparisonWords(comparison, language)
    labels = {edition.name: edition.label for edition in comparison.editions}

    def row(part: str, line: Line, change: Change, sentence: str) -> ChangeRow:
        low, high = change.span or (None, None)
        return ChangeRow(
            part,
            line.code,
            line.wording.in_language(language),
            line.option,
            line.label.in_language(language),
            comparison.newest.label,
            labels.get(change.base, ""),
            change.verdict.value,
            change.reason.value if change.reason else "",
            change.points,
            low,
            high,
            change.delta,
            change.chance,
            change.adjusted,
            int(change.is_robust),
            int(change.holds_next_time),
            change.tipping.percent if change.tipping else None,
            line.trend or "",
            sentence,
        )

    return (
        *(row(QUESTIONS, x, x.change, words.sentence(x)) for x in comparison.lines),
        *(row(THEMES, x, x.change, words.sentence(x)) for x in comparison.themes),
        *(
            row(TOPICS, newer, change, words.verdicts.between(newer, change, older=old, newer=new))
            for newer, change, old, new in _between_sessions(comparison)
        ),
    )


def value_rows(comparison: Comparison, language: Language) -> tuple[ValueRow, ...]:
    """Every value that the comparison shows, and why others are missing."""
    return tuple(_values(comparison, language))


def _between_sessions(
    comparison: Comparison,
) -> Iterator[tuple[Line, Change, Point, Point]]:
    """Each topic's newest session as a line, its change, and the two points between which it lies."""
    for topic in comparison.topics:
        if topic.change is None:
            continue
        lines = {edition: line for edition, _, line in topic.sessions}
        newer = lines[comparison.newest.name]
        yield newer, topic.change, lines[topic.change.base].points[0], newer.points[0]


def _values(comparison: Comparison, language: Language) -> Iterator[ValueRow]:
    for part, lines in ((QUESTIONS, comparison.lines), (THEMES, comparison.themes)):
        for line in lines:
            head = _head(part, line, language)
            yield from (_value(comparison, head, point) for point in line.points)
    for topic in comparison.topics:
        for _, session, line in topic.sessions:
            head = replace(_head(TOPICS, line, language), item=topic.topic, session=session)
            yield from (_value(comparison, head, point) for point in line.points)


def _head(part: str, line: Line, language: Language) -> ValueRow:
    """What all rows of a line share."""
    return ValueRow(
        part=part,
        item=line.code,
        question=line.wording.in_language(language),
        option=line.option,
        label=line.label.in_language(language),
    )


def _value(comparison: Comparison, head: ValueRow, point: Point) -> ValueRow:
    edition = comparison.edition(point.edition)
    share = point.share
    low, high = (share.interval if share else point.score_interval) or (None, None)
    least, most = (share.bounds if share else point.score_bounds) or (None, None)
    return replace(
        head,
        edition=edition.label,
        source=edition.source,
        n=point.base.n if point.base else None,
        N=point.base.N if point.base else None,
        count=share.count if share else None,
        value=share.share if share else point.score,
        interval_low=low,
        interval_high=high,
        bounds_low=least,
        bounds_high=most,
        missing=point.broken.value if point.broken else (point.suppressed or ""),
    )
