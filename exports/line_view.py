"""One line of a comparison, ready to be drawn: its values over the editions and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.edition_chart import chart, strip
from exports.finding_words import capitalised
from exports.verdict_sign import verdict_sign

if TYPE_CHECKING:
    from exports.comparison_words import ComparisonWords
    from exports.edition_chart import Chart, Mark, Strip
    from survey.model.comparison import Change, Comparison, Line


@dataclass(frozen=True, slots=True)
class PointView:
    """One line's value in one edition, as a row of its table."""

    edition: str
    format: str
    value: str
    figure: str
    """The value where it stands in the chart itself: without its sign of percent; empty for counts."""
    uncertainty: str
    bounds: str
    base: str
    missing: str
    """Why there is no value; empty where there is one."""
    mark: Mark
    is_compared: bool
    """The base or the newest: what the change lies between."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change in a word, its numbers and its sentence."""

    word: str
    sign: str
    """What is drawn before the word: a class of the style sheets."""
    points: str
    span: str
    strip: Strip | None
    sentence: str
    additions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """One line, ready to be drawn."""

    key: str
    code: str
    """The question's."""
    question: str
    label: str
    counted: str
    """What the values are, as a heading of their column."""
    old: str
    new: str
    points: tuple[PointView, ...]
    chart: Chart
    description: str
    change: ChangeView
    source: str


def line_view(line: Line, comparison: Comparison, words: ComparisonWords, around: int) -> LineView:
    """The line; `around` points reach to both ends of the strips of changes."""
    formats = [words.values.format(edition) for edition in comparison.editions]
    drawn = chart(line.points, comparison.editions, formats)
    sides = {line.change.base, comparison.newest.name}
    points = tuple(
        PointView(
            edition=edition.label,
            format=formats[place],
            value=words.values.value(point, line.kind),
            figure=words.values.figure(point, line.kind),
            uncertainty=words.values.uncertainty(point),
            bounds=words.values.bounds(point),
            base=words.values.base(point, line.kind),
            missing=words.values.missing(point, line.kind),
            mark=drawn.marks[place],
            is_compared=point.edition in sides,
        )
        for place, (edition, point) in enumerate(zip(comparison.editions, line.points, strict=True))
    )
    label = capitalised(line.label.in_language(words.language))
    return LineView(
        key=line.key,
        code=line.code,
        question=line.wording.in_language(words.language),
        label=label,
        counted=words.counted(line),
        old=_value_of(line.change.base, line, words),
        new=_value_of(comparison.newest.name, line, words),
        points=points,
        chart=drawn,
        description=words.description(line),
        change=_change(line, line.change, words, around=around),
        source=words.sources(line),
    )


def _value_of(edition: str, line: Line, words: ComparisonWords) -> str:
    point = next((p for p in line.points if p.edition == edition), None)
    return "" if point is None else words.values.value(point, line.kind)


def _change(line: Line, change: Change, words: ComparisonWords, *, around: int) -> ChangeView:
    return ChangeView(
        word=words.verdicts.verdict(change.verdict),
        sign=verdict_sign(change.verdict, change.direction),
        points="" if change.points is None else words.values.points(change.points),
        span="" if change.span is None else words.values.span(change.span),
        strip=strip(change, around=around),
        sentence=words.sentence(line),
        additions=words.verdicts.additions(line),
    )
