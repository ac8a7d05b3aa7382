"""Comparisons as reports: accessible with any content, and every number that is said is one of the data's."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from exports.comparison_report import Publisher, comparison_html
from exports.comparison_view import comparison_view
from survey.language.wording import Wording
from survey.model.comparison import Break, Point, Verdict
from survey.model.summary import Base
from tests.comparing.example import example, many_editions, two_editions
from tests.comparing.example_lines import options

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exports.accessible_pdf import PdfEngine
    from exports.line_view import LineView
    from survey.language.wording import Language
    from survey.model.comparison import Comparison

ZONE = ZoneInfo("Europe/Berlin")
MADE = datetime(2020, 10, 1, 10, tzinfo=UTC)
PUBLISHER = Publisher("Stadt Musterstadt", "kongress@musterstadt.example")
HOSTILE = "<script>alert(1)</script> {{7*7}} %(x)s \u202e\U0001f600 =1+1 " + "x" * 90


def page(comparison: Comparison, language: Language = "de") -> str:
    """The report as the engine gets it."""
    return comparison_html(comparison, language, publisher=PUBLISHER, made=MADE, zone=ZONE)


def hostile() -> Comparison:
    """A comparison whose every text tries to break out."""
    whole = example()
    return replace(
        whole,
        series=HOSTILE,
        editions=tuple(replace(e, title=HOSTILE, source=HOSTILE) for e in whole.editions),
        lines=tuple(
            replace(line, wording=Wording(HOSTILE), label=Wording(HOSTILE))
            for line in (*whole.lines[:2], *options())
        ),
        foremost=(),
    )


def test_texts_of_planners_stay_texts() -> None:
    html = page(hostile())

    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "{{7*7}}" in html


@pytest.mark.proves("P6")
def test_charts_in_the_pdf_carry_their_alternative(engine: PdfEngine, tmp_path: Path) -> None:
    target = tmp_path / "comparison.pdf"
    target.write_bytes(engine.print_html(page(example())))
    expected = {
        " ".join(q.lines[0].description.split())
        for q in comparison_view(example(), "de").questions
        if not q.tables
    }

    with pikepdf.open(target) as pdf:
        found = {
            " ".join(str(thing.Alt).split())
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        }

    assert expected == {text for text in found if text.startswith("Linie")}


def test_the_first_page_says_what_matters_and_what_is_made_up() -> None:
    html = page(example())
    first = html[html.index("<body>") : html.index('id="lesehilfe"')]

    assert "Schlechter als 2019: 59\u202f% statt 79\u202f% gut oder sehr gut" in first
    assert "Beispiel mit erfundenen Antworten" in first
    assert re.findall(r'class="how-many">(\d+)<', first) == [
        str(count.questions) for count in comparison_view(example(), "de").counts
    ]
    assert len(example().counts) == first.count('class="how-many"')


def test_the_same_comparison_gives_the_same_page_in_its_organisations_colour() -> None:
    coloured = replace(PUBLISHER, accent="#7a0019")

    html = comparison_html(example(), "de", publisher=coloured, made=MADE, zone=ZONE)

    assert page(example()) == page(example())
    assert "<style>:root { --accent: #7a0019 }</style>" in html


def test_editions_that_show_no_option_have_a_sentence_instead_of_a_column() -> None:
    comparison = example()
    oldest = comparison.editions[0]
    asked_otherwise = tuple(
        replace(
            line,
            points=(
                Point(oldest.name, Base(120, None), None, broken=Break.OTHER_SCALE),
                *line.points[1:],
            ),
        )
        if line.code == "next_format"
        else line
        for line in comparison.lines
    )

    shown = comparison_view(replace(comparison, lines=asked_otherwise), "de")

    question = next(q for q in shown.questions if q.code == "next_format")
    assert question.sentences[-1] == "2016 nicht vergleichbar: andere Antworten zur Wahl."
    assert [label for table in question.tables for label, _ in table.columns] == [
        "2018",
        "2019",
        "2020",
    ]


def test_the_first_page_says_what_is_counted_where_questions_have_several_answers() -> None:
    comparison = example()
    ratings = tuple(line for line in comparison.lines if line.kind == "rating")
    said = "Gezählt sind Fragen."

    assert said in page(comparison)
    assert said not in page(replace(comparison, lines=ratings, foremost=(), themes=()))


@pytest.mark.parametrize("make", [example, two_editions])
def test_what_is_not_said_beside_a_table_of_options_stands_in_its_rows(
    make: Callable[[], Comparison],
) -> None:
    shown = comparison_view(make(), "de")
    number = re.compile(r"[+\u2212]?\d+")
    unsaid = [
        (sentence, line)
        for question in shown.questions
        for line in question.lines
        for sentence in (line.change.sentence,)
        if question.tables and sentence not in question.beyond_table and line.change.points
    ]

    def in_row(line: LineView) -> set[str]:
        cells = [line.label, line.change.points, line.change.span, line.points[-1].edition]
        cells += [text for p in line.points for text in (p.edition, p.value, p.uncertainty, p.base)]
        return set(number.findall(" ".join(cells)))

    assert unsaid
    assert [
        sentence
        for sentence, line in unsaid
        if not set(number.findall(sentence.partition(" Bei ")[0])) <= in_row(line)
    ] == []


def test_a_hint_among_options_is_said_to_be_no_more() -> None:
    comparison = example()
    hinting = tuple(
        replace(line, change=replace(line.change, verdict=Verdict.HINT))
        if line.code == "next_format" and line.change.verdict is Verdict.MORE
        else line
        for line in comparison.lines
    )

    shown = comparison_view(replace(comparison, lines=hinting), "de")

    question = next(q for q in shown.questions if q.code == "next_format")
    assert question.beyond_table == (
        "Nur ein Hinweis: \u201eonline\u201c. Bei 11 Prüfungen kann das Zufall sein.",
        "2016 nicht gefragt.",
    )


def test_five_editions_share_one_table_of_options_and_older_ones_follow() -> None:
    comparison = many_editions()
    option = comparison.lines[-1]
    other = replace(option, option="online", label=Wording("online"))

    shown = comparison_view(replace(comparison, lines=(option, other), foremost=()), "de")

    assert [
        ([label for label, _ in table.columns], table.has_change)
        for table in shown.questions[0].tables
    ] == [
        (["2021", "2022", "2023", "2024", "2025"], True),
        (["2016", "2017", "2018", "2019", "2020"], False),
    ]


def test_the_overview_names_a_question_once_beside_its_options() -> None:
    html = page(example())
    overview = html[html.index('id="alle"') : html.index('id="fragen"')]
    asked = Counter(line.question for line in comparison_view(example(), "de").compared)

    assert max(asked.values()) > 1
    assert {question: overview.count(f">{question}<") for question in asked} == dict.fromkeys(
        asked, 1
    )


@pytest.mark.parametrize(
    ("editions", "beside"), [(5, [5]), (6, [3, 3]), (7, [4, 3]), (9, [5, 4]), (10, [5, 5])]
)
def test_no_table_of_options_has_a_single_edition_left_over(
    editions: int, beside: list[int]
) -> None:
    comparison = many_editions()
    kept = comparison.editions[-editions:]
    lines = tuple(
        replace(
            line,
            points=tuple(replace(line.points[-1], edition=edition.name) for edition in kept),
            change=replace(line.change, base=comparison.base),
        )
        for line in options()
    )

    shown = comparison_view(
        replace(comparison, editions=kept, lines=lines, themes=(), topics=(), foremost=()),
        "de",
    )

    assert [len(table.columns) for table in shown.questions[0].tables] == beside
