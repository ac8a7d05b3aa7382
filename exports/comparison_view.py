"""Everything a comparison shows, ready to be drawn: the report and the pages are made from the same value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from exports.comparison_words import ComparisonWords
from exports.edition_chart import reach
from exports.line_view import LineView, line_view
from exports.question_view import QuestionView, question_view, themes_view
from exports.table_parts import lines_of, parts
from exports.topic_view import TopicView, topic_view
from exports.verdict_sign import verdict_sign
from survey.model.comparison import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from survey.language.wording import Language
    from survey.model.comparison import ComparedEdition, Comparison, Line

_FEWEST_POINTS = 2
"""A line is drawn from so many values on."""
_CHOICES = frozenset({"single", "multiple", "top_three"})
_LETTERS_OF_QUESTIONS = 24
_LETTERS_OF_ANSWERS = 22
_LETTERS_OF_TITLES = 36


@dataclass(frozen=True, slots=True)
class EditionView:
    """One edition that was compared."""

    name: str
    label: str
    title: str
    starts: date
    format: str
    took_part: str
    source: str


@dataclass(frozen=True, slots=True)
class CountView:
    """How many questions have a verdict, and what it means."""

    verdict: str
    word: str
    sign: str
    questions: int
    meaning: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """A comparison in one language."""

    newest: str
    base: str
    lead: str
    editions: tuple[EditionView, ...]
    edition_parts: tuple[tuple[EditionView, ...], ...]
    """The same, so many together as fit a page."""
    counts: tuple[CountView, ...]
    foremost_heading: str
    foremost: tuple[LineView, ...]
    cautions: tuple[str, ...]
    compared: tuple[LineView, ...]
    """In the questionnaire's order: every question that is one line, and options of which something can be said."""
    compared_parts: tuple[tuple[tuple[LineView, ...], ...], ...]
    """The same by question, so many together as fit a page."""
    reach: int
    """How many points the axis of changes shows on either side."""
    questions: tuple[QuestionView, ...]
    bare: tuple[LineView, ...]
    """Lines with too few values to be drawn."""
    themes: QuestionView | None
    topics: tuple[TopicView, ...]
    meanings: tuple[CountView, ...]
    """Every verdict, whether given or not."""
    is_made_up: bool


def comparison_view(comparison: Comparison, language: Language) -> ComparisonView:
    """The whole comparison."""
    words = ComparisonWords(comparison, language)
    around = reach(line.change for line in (*comparison.lines, *comparison.themes))
    drawn = {line.key: line_view(line, comparison, words, around) for line in comparison.lines}
    shown = [line for line in comparison.lines if _values(line) >= _FEWEST_POINTS]
    editions = tuple(_edition(edition, words) for edition in comparison.editions)
    compared = tuple(drawn[line.key] for line in comparison.lines if _is_in_overview(line))
    return ComparisonView(
        newest=comparison.newest.label,
        base=comparison.edition(comparison.base).label,
        lead=words.lead(),
        editions=editions,
        edition_parts=parts(
            editions,
            lambda e: (
                lines_of(e.title, _LETTERS_OF_TITLES) + lines_of(e.source, _LETTERS_OF_TITLES)
            ),
            most_rows=10,
        ),
        counts=tuple(
            _count(count.verdict, count.questions, words)
            for count in sorted(comparison.counts, key=lambda count: _IN_ORDER.index(count.verdict))
            if count.questions
        ),
        foremost_heading=words.foremost(),
        foremost=tuple(drawn[key] for key in comparison.foremost),
        cautions=words.cautions(),
        compared=compared,
        compared_parts=_parts_of_overview(compared),
        reach=around,
        questions=tuple(
            question_view([*lines], drawn, comparison, words)
            for _, lines in groupby(shown, key=lambda line: line.code)
        ),
        bare=tuple(drawn[line.key] for line in comparison.lines if _values(line) < _FEWEST_POINTS),
        themes=themes_view(comparison, words, around) if comparison.themes else None,
        topics=tuple(topic_view(topic, words) for topic in comparison.topics),
        meanings=tuple(_count(verdict, 0, words) for verdict in _IN_ORDER),
        is_made_up=any(edition.is_made_up for edition in comparison.editions),
    )


_IN_ORDER = (
    Verdict.BETTER,
    Verdict.WORSE,
    Verdict.MORE,
    Verdict.LESS,
    Verdict.SMALL,
    Verdict.SHIFTED,
    Verdict.HINT,
    Verdict.SAME,
    Verdict.UNCLEAR,
    Verdict.TOO_FEW,
    Verdict.NOT_COMPARABLE,
)


def _edition(edition: ComparedEdition, words: ComparisonWords) -> EditionView:
    return EditionView(
        edition.name,
        edition.label,
        edition.title,
        edition.starts,
        words.values.format(edition),
        words.values.took_part(edition),
        edition.source,
    )


def _by_question(lines: Sequence[LineView]) -> tuple[tuple[LineView, ...], ...]:
    """Options of one question that follow each other stand together."""
    return tuple(tuple(together) for _, together in groupby(lines, key=lambda line: line.code))


def _parts_of_overview(
    compared: Sequence[LineView],
) -> tuple[tuple[tuple[LineView, ...], ...], ...]:
    beside = Counter(line.code for line in compared)

    def height(line: LineView) -> int:
        # The question stands once beside all of its options.
        question = ceil(lines_of(line.question, _LETTERS_OF_QUESTIONS) / beside[line.code])
        return max(2, question, lines_of(line.counted, _LETTERS_OF_ANSWERS))

    return tuple(_by_question(part) for part in parts(compared, height, most_rows=20))


def _is_in_overview(line: Line) -> bool:
    says_little = line.change.verdict in {Verdict.UNCLEAR, Verdict.SAME}
    return line.change.span is not None and not (line.kind in _CHOICES and says_little)


def _values(line: Line) -> int:
    return sum(point.share is not None or point.score is not None for point in line.points)


def _count(verdict: Verdict, questions: int, words: ComparisonWords) -> CountView:
    return CountView(
        verdict.value,
        words.verdicts.verdict(verdict),
        verdict_sign(verdict, 1),
        questions,
        words.verdicts.meaning(verdict),
    )
