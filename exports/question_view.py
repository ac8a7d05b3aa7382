"""One question of a comparison, ready to be drawn: a line, or its options side by side over the editions."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from exports.comparison_values import THEME
from exports.line_view import LineView, line_view
from exports.table_parts import lines_of, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.comparison_words import ComparisonWords
    from survey.model.comparison import Comparison, Line

_COLUMNS = 5
"""So many editions stand beside each other in a table of options; the older ones follow below."""
_ROWS_TOGETHER = 6
"""So many options at most share a part of such a table: shorter parts leave less white at a page's foot."""
_LETTERS_OF_OPTIONS = 18


@dataclass(frozen=True, slots=True)
class OptionTable:
    """The options of a choice: a row each, a column for each edition."""

    columns: tuple[tuple[str, str], ...]
    """Label and base of each edition."""
    first: int
    """The place of the first column among the points of a line."""
    has_change: bool
    parts: tuple[tuple[LineView, ...], ...]
    """The rows, so many together as fit a page."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question: a chart, or a table of its options."""

    code: str
    question: str
    lines: tuple[LineView, ...]
    tables: tuple[OptionTable, ...]
    """Empty where one chart says it all."""
    sentences: tuple[str, ...]
    beyond_table: tuple[str, ...]
    """Those of the sentences that say more than the rows of the tables."""
    source: str


def question_view(
    lines: Sequence[Line],
    drawn: dict[str, LineView],
    comparison: Comparison,
    words: ComparisonWords,
) -> QuestionView:
    """The question of these lines, each drawn already."""
    views = tuple(drawn[line.key] for line in lines)
    if len(lines) == 1:
        only = views[0]
        told = (only.change.sentence, *only.change.additions)
        return QuestionView(lines[0].code, only.question, views, (), told, told, only.source)
    left_out = _left_out(views, words)
    return QuestionView(
        lines[0].code,
        views[0].question,
        views,
        _tables(views, lines, comparison, words),
        (*words.told(lines), *left_out),
        (*words.told_beyond_table(lines), *left_out),
        words.sources(lines[0]),
    )


def themes_view(comparison: Comparison, words: ComparisonWords, around: int) -> QuestionView:
    """All themes of the texts, as one question."""
    views = tuple(line_view(line, comparison, words, around) for line in comparison.themes)
    caption = words.say("Themen der Texte")
    return QuestionView(
        THEME,
        caption,
        views,
        _tables(views, comparison.themes, comparison, words),
        words.told(comparison.themes),
        words.told_beyond_table(comparison.themes),
        "",
    )


def _tables(
    views: Sequence[LineView],
    lines: Sequence[Line],
    comparison: Comparison,
    words: ComparisonWords,
) -> tuple[OptionTable, ...]:
    """The newest editions first, with the change; editions that show none of the lines are left out in front."""
    columns = [
        _column(place, lines, comparison, words) for place in range(len(comparison.editions))
    ]
    begin = _first_shown(views)
    tables = []
    many = ceil(len(views) / ceil(len(views) / _ROWS_TOGETHER))
    rows = parts(views, lambda view: 3 + lines_of(view.label, _LETTERS_OF_OPTIONS), most_rows=many)
    end = len(columns)
    # As many in each as can be: a table of one column is hardly one.
    beside = ceil((end - begin) / ceil((end - begin) / _COLUMNS))
    while end > begin:
        first = max(begin, end - beside)
        part = tuple(columns[first:end])
        newest = end == len(columns)
        tables.append(OptionTable(part, first, has_change=newest, parts=rows))
        end = first
    return tuple(tables)


def _first_shown(views: Sequence[LineView]) -> int:
    """The place of the first edition with a value of any line."""
    places = range(len(views[0].points))
    return next(
        (place for place in places if any(not view.points[place].missing for view in views)), 0
    )


def _left_out(views: Sequence[LineView], words: ComparisonWords) -> tuple[str, ...]:
    """Why the editions in front have no column: a column would say the same in each of its rows."""
    reasons: dict[str, list[str]] = {}
    for place in range(_first_shown(views)):
        why = ", ".join(dict.fromkeys(view.points[place].missing for view in views))
        reasons.setdefault(why, []).append(views[0].points[place].edition)
    told = [
        words.say("%(editions)s %(why)s", editions=", ".join(editions), why=why)
        for why, editions in reasons.items()
    ]
    return (f"{'; '.join(told)}.",) if told else ()


def _column(
    place: int, lines: Sequence[Line], comparison: Comparison, words: ComparisonWords
) -> tuple[str, str]:
    bases = {words.values.base(line.points[place], line.kind) for line in lines} - {""}
    return comparison.editions[place].label, bases.pop() if len(bases) == 1 else ""
