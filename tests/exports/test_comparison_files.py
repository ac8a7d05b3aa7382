"""XLSX and JSON of a comparison say the same as the comparison, and no text of theirs becomes a formula."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import cast

import pytest
from python_calamine import CalamineWorkbook

from exports.comparison_json import SCHEMA, comparison_json
from exports.comparison_table import CHANGE_COLUMNS, VALUE_COLUMNS, change_rows, value_rows
from exports.comparison_xlsx import comparison_xlsx
from survey.language.wording import Language, Wording
from tests.comparing.example import example, many_editions, two_editions

FORMULA = '=HYPERLINK("http://evil.example")'


def read_sheet(content: bytes, index: int) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return cast("list[list[object]]", book.get_sheet_by_index(index).to_python())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("comparison", [example(), two_editions(), many_editions()])
def test_every_row_of_the_tables_is_in_the_workbook(comparison: object, language: Language) -> None:
    assert isinstance(comparison, type(example()))

    content = comparison_xlsx(comparison, language)

    for sheet, columns, rows in (
        (0, CHANGE_COLUMNS, change_rows(comparison, language)),
        (1, VALUE_COLUMNS, value_rows(comparison, language)),
    ):
        found = read_sheet(content, sheet)
        assert found[0] == list(columns)
        wanted = [["" if cell is None else cell for cell in row.cells()] for row in rows]
        assert [[_rounded(cell) for cell in row] for row in found[1:]] == [
            [_rounded(cell) for cell in row] for row in wanted
        ]


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert comparison_xlsx(example(), "de") == comparison_xlsx(example(), "de")
    assert comparison_json(example()) == comparison_json(example())


def test_the_change_of_a_topic_lies_between_its_sessions() -> None:
    rows = [row for row in change_rows(example(), "de") if row.part == "topic"]

    assert [(row.item, row.base, row.points) for row in rows] == [("ws01", "2019", 18)]


def test_a_question_is_never_a_formula() -> None:
    whole = example()
    line = replace(whole.lines[0], wording=Wording(FORMULA), label=Wording(FORMULA))

    content = comparison_xlsx(replace(whole, lines=(line, *whole.lines[1:])), "de")

    assert read_sheet(content, 0)[1][2] == FORMULA


def test_json_holds_every_line_with_its_change() -> None:
    told = json.loads(comparison_json(example()))

    assert told["schema"] == SCHEMA
    assert [line["change"]["verdict"] for line in told["lines"]] == [
        line.change.verdict.value for line in example().lines
    ]
    assert [point["share"] and point["share"]["count"] for point in told["lines"][0]["points"]] == [
        point.share and point.share.count for point in example().lines[0].points
    ]


def _rounded(cell: object) -> object:
    return round(float(cell), 9) if isinstance(cell, int | float) else cell
