"""The planning sheet: accessible on two pages with any content, and every number in a sentence equals the data."""

from __future__ import annotations

import io
import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from exports.planning_json import planning_json
from exports.planning_report import planning_html
from exports.planning_table import NUMBER_COLUMNS, number_rows, sentence_rows
from exports.planning_view import planning_view
from exports.planning_words import PlanningWords
from exports.planning_xlsx import planning_xlsx
from survey.language.wording import Wording
from survey.model.planning import Majority
from survey.planning.majority import majority_of
from tests.planning import example, tables

if TYPE_CHECKING:
    from pathlib import Path

    from exports.accessible_pdf import PdfEngine
    from survey.language.wording import Language
    from survey.model.planning import DecisionTable, PlanningSheet

MADE_ON = date(2020, 11, 2)
HOSTILE = "<script>alert(1)</script> {{7*7}} \u202e\U0001f600 =1+1 " + "x" * 90
TWO_PAGES, MANY, HALF = 2, 20, 50
SHEETS = {
    "everything": example.full_sheet(),
    "a usual congress": example.usual_sheet(),
    "as much as possible": example.fullest_sheet(),
    "a first edition": example.first_sheet(),
    "an open link": example.open_sheet(),
    "nobody answered": example.empty_sheet(),
    "hostile texts": example.hostile_sheet(HOSTILE),
}


def html(sheet: PlanningSheet, language: Language = "de") -> str:
    return planning_html(sheet, language, organisation="Stadt Musterstadt", made_on=MADE_ON)


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["everything", "a usual congress"])
def test_a_sheet_has_two_pages(name: str, language: Language, engine: PdfEngine) -> None:
    printed = engine.print_html(html(SHEETS[name], language))

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) == TWO_PAGES


def test_what_is_read_out_stands_on_the_first_page(engine: PdfEngine, tmp_path: Path) -> None:
    sheet = SHEETS["everything"]
    target = tmp_path / "planning.pdf"
    target.write_bytes(engine.print_html(html(sheet)))

    command = ["pdftotext", "-l", "1", str(target), "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()

    first_page = " ".join(read.split())
    told = [" ".join(text.split()) for _, text in PlanningWords("de").aloud(sheet)]
    assert [text for text in told if text not in first_page] == []


def test_the_same_sheet_gives_the_same_page_and_files() -> None:
    sheet = SHEETS["everything"]

    assert html(sheet) == html(sheet)
    assert planning_xlsx(sheet, "de") == planning_xlsx(sheet, "de")
    assert planning_json(sheet) == planning_json(sheet)


def test_texts_of_planners_stay_texts() -> None:
    page = html(SHEETS["hostile texts"])

    assert "<script" not in page
    assert "{{7*7}}" in page


def test_made_up_answers_are_called_so() -> None:
    sheet = SHEETS["everything"]
    true = replace(sheet, edition=replace(sheet.edition, is_made_up=False))

    found = ["Beispiel mit erfundenen Antworten" in html(one) for one in (sheet, true)]

    assert found == [True, False]


# --- sentences ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("table", SHEETS["everything"].tables, ids=lambda t: t.code)
def test_a_decision_says_the_numbers_of_its_leaders_and_no_others(
    table: DecisionTable, language: Language
) -> None:
    by_code = {option.code: option for option in table.options}
    leaders = [by_code[code] for code in table.leaders]

    told = numbers(PlanningWords(language).decision(table))

    expected = []
    for leader in leaders:
        assert leader.share.interval is not None
        expected += [round(leader.share.share * 100), leader.share.n]
        if table.majority is not Majority.OPEN:
            expected += [round(limit * 100) for limit in leader.share.interval]
    assert told == expected


@pytest.mark.parametrize(
    ("majority", "said"),
    [
        (
            Majority.IN_ANY_CASE,
            "Eine Mehrheit antwortet „Online“ (8 von 15, Unsicherheit 38 bis 71\u202f%), selbst im ungünstigsten Fall.",
        ),
        (
            Majority.CERTAIN,
            "Eine gesicherte Mehrheit antwortet „Online“ (8 von 15, Unsicherheit 38 bis 71\u202f%).",
        ),
        (
            Majority.LEADING,
            "Gesichert vorn liegt „Online“ (8 von 15, Unsicherheit 38 bis 71\u202f%); ob mit Mehrheit, bleibt offen.",
        ),
        (
            Majority.OPEN,
            (
                "Die Rangfolge von „Online“ (8 von 15) und „Vor Ort“ (7 von 15) ist offen: Ihre Unsicherheiten "
                "überschneiden sich."
            ),
        ),
        (Majority.WITHHELD, "Aus Gründen der Anonymität nicht ausgewiesen."),
    ],
)
def test_every_outcome_of_a_choice_has_its_own_sentence(majority: Majority, said: str) -> None:
    table = SHEETS["a first edition"].tables[0]
    leaders = ("online", "on_site") if majority is Majority.OPEN else ("online",)

    told = PlanningWords("de").decision(replace(table, majority=majority, leaders=leaders))

    assert told == said


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(min_value=0, max_value=60), min_size=2, max_size=5),
    st.integers(min_value=0, max_value=200),
)
def test_no_sentence_contradicts_the_numbers_in_it(counts: list[int], silent: int) -> None:
    assume(sum(counts) >= MANY)
    lines = tables.options(
        {chr(65 + place): (Wording(chr(65 + place)), n) for place, n in enumerate(counts)},
        population=sum(counts) + silent,
    )
    majority, leaders = majority_of(lines)
    table = replace(tables.format_table(), options=lines, majority=majority, leaders=leaders)

    told = PlanningWords("de").decision(table)

    match majority:
        case Majority.CERTAIN | Majority.IN_ANY_CASE:
            _, _, low, *_ = numbers(told) if "Unsicherheit" in told else (0, 0, 100)
            assert low > HALF or "genau" in told
        case Majority.LEADING:
            assert ("weniger als der Hälfte" in told) == (numbers(told)[-1] < HALF)
        case _:
            assert majority is Majority.OPEN
            assert told.startswith("Die Rangfolge von „")


def test_a_lead_below_one_half_is_not_called_perhaps_a_majority() -> None:
    lines = tables.options(
        {
            "a": (Wording("A"), 40),
            "b": (Wording("B"), 20),
            "c": (Wording("C"), 20),
            "d": (Wording("D"), 20),
        },
        population=110,
    )
    table = replace(tables.format_table(), options=lines, majority=Majority.LEADING, leaders=("a",))

    told = PlanningWords("de").decision(table)

    assert told == (
        "Gesichert vorn, mit weniger als der Hälfte, liegt „A“ (40\u202f% von 100, Unsicherheit 36 bis 44\u202f%)."
    )


@pytest.mark.parametrize(
    ("majority", "leaders", "said"),
    [
        (Majority.LEADING, ("a",), "Noch mehr antworten „Egal“ (70\u202f% von 100)."),
        (Majority.OPEN, ("a", "b"), "Noch mehr antworten „Egal“ (70\u202f% von 100)."),
    ],
)
def test_most_who_leave_it_to_others_are_not_passed_over(
    majority: Majority, leaders: tuple[str, ...], said: str
) -> None:
    lines = tables.options(
        {"a": (Wording("A"), 25), "b": (Wording("B"), 5), "no_preference": (Wording("Egal"), 70)},
        population=110,
    )
    table = replace(tables.format_table(), options=lines, majority=majority, leaders=leaders)

    assert PlanningWords("de").decision(table).endswith(f". {said}")


def test_topics_counted_equally_often_are_named_together_or_not_at_all() -> None:
    counts = (("a", "A", "A", 9), ("b", "B", "B", 5), ("c", "C", "C", 5), ("d", "D", "D", 5))
    topics = example.wishes("topics_wanted", 30, counts=counts)
    sheet = replace(example.empty_sheet(), topics=topics)

    told = PlanningWords("de").aloud(sheet)

    assert told == (("Gewünschte Themen", "Am häufigsten, von 30 Personen: „A“ (9)."),)


def test_a_question_of_another_form_stands_in_quotes() -> None:
    sheet = SHEETS["everything"]
    asked = replace(sheet.candidates[0], wording=Wording("Waren die Pausen lang genug?"))

    told = PlanningWords("de").aloud(
        replace(example.empty_sheet(), candidates=(asked, sheet.candidates[1]))
    )

    assert told == (
        (
            "Zu prüfen",
            (
                "„Waren die Pausen lang genug?“ (41\u202f% von 190 gut oder sehr gut) und "
                "47\u202f% von 190 bewerten Ton und Technik gut oder sehr gut."
            ),
        ),
    )


CAUSES = ("führt zu", "bewirkt", "ursache", "treiber", "causes", "driver", "leads to", "effect")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["everything", "a first edition", "an open link"])
def test_no_sentence_says_what_something_came_from(name: str, language: Language) -> None:
    shown = planning_view(SHEETS[name], language)
    said = [
        *(text for _, text in shown.aloud),
        *shown.cautions,
        *(u.text + u.needed for u in shown.undecided),
        *(t.verdict + t.sentence for t in shown.tables),
    ]

    assert [text for text in said for cause in CAUSES if cause in text.lower()] == []


# --- numbers -----------------------------------------------------------------------------------------


@pytest.mark.proves("P22")
def test_numbers_in_every_file_equal_the_sheet() -> None:
    sheet = SHEETS["everything"]
    expected = {f"{t.code}:{o.code}": o.count for t in sheet.tables for o in t.options}

    rows = {
        r.subject: r.count for r in number_rows(sheet, "de") if r.part == "wanted" if not r.group
    }
    book = CalamineWorkbook.from_filelike(io.BytesIO(planning_xlsx(sheet, "de")))
    lines = [
        dict(zip(NUMBER_COLUMNS, line, strict=True))
        for line in book.get_sheet_by_index(0).to_python()[1:]
    ]
    in_book = {
        line["subject"]: line["count"]
        for line in lines
        if line["part"] == "wanted" and not line["group"]
    }
    told = json.loads(planning_json(sheet))
    in_json = {f"{t['code']}:{o['code']}": o["count"] for t in told["tables"] for o in t["options"]}

    assert rows == in_book == in_json == expected
    assert told["schema"] == "nachklang-planning-sheet/1"


@pytest.mark.proves("P21")
def test_withheld_choices_have_no_number_in_any_file() -> None:
    sheet = SHEETS["a first edition"]

    withheld = [row for row in number_rows(sheet, "de") if row.suppressed]

    assert [(row.subject, row.count, row.n, row.share) for row in withheld] == [
        ("rounds_wanted", None, 4, None)
    ]


def test_every_sentence_of_the_page_is_in_the_workbook() -> None:
    sheet = SHEETS["everything"]
    shown = planning_view(sheet, "de")

    told = {row.sentence for row in sentence_rows(sheet, "de")}

    expected = {
        *(text for _, text in shown.aloud),
        *(u.text for u in shown.undecided),
        *(text for c in shown.candidates for text in (*c.evidence, *c.counter_evidence)),
    }
    assert told == expected


def test_the_sheet_takes_its_organisations_colour() -> None:
    page = planning_html(
        SHEETS["everything"], "de", organisation="Stadt", made_on=MADE_ON, accent="#7a0019"
    )

    assert "<style>:root { --accent: #7a0019 }</style>" in page
