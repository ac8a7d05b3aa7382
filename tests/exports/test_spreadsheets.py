"""CSV, XLSX, JSON and codebook say the same as the summary, and no text of theirs becomes a formula."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from python_calamine import CalamineWorkbook

from exports.summary_csv import codebook_csv, neutral, summary_csv
from exports.summary_json import summary_json
from exports.summary_table import COLUMNS, table_rows
from exports.summary_xlsx import summary_xlsx
from survey.language.wording import Wording
from survey.model.items import ANSWERED
from survey.model.summary import ChoicesFinding
from survey.reporting.edition_summary import build_summary
from tests.model.congress import CONGRESS, OVERALL
from tests.reporting.counted import counted, invented_summary, rows

if TYPE_CHECKING:
    from survey.model.summary import EditionSummary

FORMULA = '=HYPERLINK("http://evil.example")'


def dangerous_summary() -> EditionSummary:
    """A summary with a question that a spreadsheet would take for a formula."""
    overall = replace(OVERALL, wording=Wording(FORMULA))
    section = replace(CONGRESS.questionnaire.sections[0], items=(overall,))
    questionnaire = replace(CONGRESS.questionnaire, sections=(section,))
    edition = replace(CONGRESS, questionnaire=questionnaire)
    tally = rows({"overall": {"5": 30, "4": 20, ANSWERED: 50}})
    return build_summary(counted(edition, invited=100, answered=50), tally, {}, {})


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows as a German spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def read_xlsx(content: bytes) -> list[list[object]]:
    """The rows of the sheet of numbers."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return cast("list[list[object]]", sheet.to_python())


def test_counts_in_every_file_equal_the_summary() -> None:
    summary = invented_summary()
    overall = summary.finding("overall")
    assert isinstance(overall, ChoicesFinding)
    expected = {c.code: c.count for c in overall.choices}

    from_csv = {
        row["value"]: int(row["count"])
        for row in read_csv(summary_csv(summary, "de"))
        if row["item"] == "overall" and not row["session"] and row["value"] in expected
    }
    lines = [
        dict(zip(COLUMNS, line, strict=True)) for line in read_xlsx(summary_xlsx(summary, "de"))[1:]
    ]
    from_xlsx = {
        str(line["value"]): line["count"]
        for line in lines
        if line["item"] == "overall" and not line["session"] and line["value"] in expected
    }
    found = json.loads(summary_json(summary))["sections"][0]["findings"][0]
    from_json = {choice["code"]: choice["count"] for choice in found["choices"]}

    assert from_csv == from_xlsx == from_json == expected


def test_suppressed_sessions_keep_their_number_and_their_reason_only() -> None:
    summary = invented_summary(invited=21, answered=11)

    withheld = [row for row in table_rows(summary, "de") if row.session and row.suppressed]

    assert withheld
    assert {row.count for row in withheld} == {None}


@pytest.mark.proves("S5")
@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_texts_that_look_like_formulas_are_neutralised(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.proves("S5")
@pytest.mark.parametrize("text", ["gut", "1 = 1", "", "Was? =1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.proves("S5")
def test_a_question_like_a_formula_is_text_in_both_files() -> None:
    summary = dangerous_summary()

    questions = {row["question"] for row in read_csv(summary_csv(summary, "de"))}
    cells = {line[COLUMNS.index("question")] for line in read_xlsx(summary_xlsx(summary, "de"))[1:]}

    assert f"'{FORMULA}" in questions
    assert FORMULA in cells


def test_numbers_in_csv_use_the_german_comma() -> None:
    shares = [
        row["share"] for row in read_csv(summary_csv(dangerous_summary(), "de")) if row["share"]
    ]

    assert shares[0] == "0,6000"


@pytest.mark.proves("A84")
def test_the_codebook_explains_every_column_with_numbers_and_every_choice() -> None:
    rows_of_codebook = read_csv(codebook_csv(CONGRESS, "en"))

    explained = {(row["item"], row["value"]) for row in rows_of_codebook}

    assert {
        ("", "count"),
        ("", "n"),
        ("", "N"),
        ("overall", "5"),
        ("topics_wanted", "data"),
    } <= explained


def test_the_same_summary_gives_the_same_files() -> None:
    summary = invented_summary()

    assert summary_xlsx(summary, "de") == summary_xlsx(summary, "de")
    assert summary_json(summary) == summary_json(summary)


def test_the_json_file_says_which_schema_it_has_beside_the_format_of_the_event() -> None:
    told = json.loads(summary_json(invented_summary()))

    assert (told["schema"], told["format"]) == ("nachklang-summary/1", "online")
