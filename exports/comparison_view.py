"""Everything a comparison shows, ready to be drawn: the report and the pages are made from the same value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from exports.comparison_values import THEME
from exports.comparison_words import ComparisonWords
from exports.edition_chart import chart, reach, strip
from exports.finding_view import interval_line
from exports.finding_words import capitalised
from exports.table_parts import lines_of, parts
from exports.verdict_sign import verdict_sign
from survey.model.comparison import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from exports.edition_chart import Chart, Mark, Strip
    from exports.finding_view import IntervalLine
    from survey.language.wording import Language
    from survey.model.comparison import Change, ComparedEdition, Comparison, Line, Point, TopicLine

_FEWEST_POINTS = 2
"""A line is drawn from so many values on."""
_COLUMNS = 5
"""So many editions stand beside each other in a table of options; the older ones follow below."""
_ROWS_TOGETHER = 6
"""So many options at most share a part of such a table: shorter parts leave less white at a page's foot."""
_CHOICES = frozenset({"single", "multiple", "top_three"})
_LETTERS_OF_OPTIONS = 18
_LETTERS_OF_QUESTIONS = 24
_LETTERS_OF_ANSWERS = 22
_LETTERS_OF_TITLES = 36


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
class TopicView:
    """One topic: its sessions edition by edition, with their uncertainty."""

    name: str
    rows: tuple[IntervalLine, ...]
    notes: tuple[str, ...]
    """Sessions without figures, and why."""
    sentence: str


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
    drawn = {line.key: _line(line, comparison, words, around) for line in comparison.lines}
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
            _question([*lines], drawn, comparison, words)
            for _, lines in groupby(shown, key=lambda line: line.code)
        ),
        bare=tuple(drawn[line.key] for line in comparison.lines if _values(line) < _FEWEST_POINTS),
        themes=_themes(comparison, words, around) if comparison.themes else None,
        topics=tuple(_topic(topic, words) for topic in comparison.topics),
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


def _line(line: Line, comparison: Comparison, words: ComparisonWords, around: int) -> LineView:
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


def _question(
    lines: Sequence[Line],
    drawn: dict[str, LineView],
    comparison: Comparison,
    words: ComparisonWords,
) -> QuestionView:
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


def _themes(comparison: Comparison, words: ComparisonWords, around: int) -> QuestionView:
    views = tuple(_line(line, comparison, words, around) for line in comparison.themes)
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


def _topic(topic: TopicLine, words: ComparisonWords) -> TopicView:
    rows: list[IntervalLine] = []
    notes = []
    for edition, _, line in topic.sessions:
        point = line.points[0]
        title = line.wording.in_language(words.language)
        label = words.say("%(edition)s: %(told)s", edition=words.labels[edition], told=title)
        if point.share is None:
            missing = words.values.missing(point)
            notes.append(words.say("%(session)s – %(why)s.", session=label, why=missing))
        else:
            base = words.values.base(point, line.kind)
            rows.append(interval_line(label, base, point.share, words.values.findings))
    return TopicView(
        topic.name.in_language(words.language), tuple(rows), tuple(notes), _of_topic(topic, words)
    )


def _of_topic(topic: TopicLine, words: ComparisonWords) -> str:
    if topic.change is None:
        return ""

    def only(edition: str) -> Point:
        return next(line.points[0] for e, _, line in reversed(topic.sessions) if e == edition)

    line = topic.sessions[-1][2]
    newest = topic.sessions[-1][0]
    return words.verdicts.between(
        line, topic.change, older=only(topic.change.base), newer=only(newest)
    )
