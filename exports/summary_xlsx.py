"""The summary as XLSX: typed cells, so that no text becomes a formula; one sheet of numbers, one of facts."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from exports.summary_table import COLUMNS, table_rows
from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from exports.summary_table import Cell
    from survey.language.wording import Language
    from survey.model.summary import EditionSummary

_WIDTHS = {"question": 48, "label": 28, "session_title": 32}
_USUAL_WIDTH = 12


def summary_xlsx(summary: EditionSummary, language: Language) -> bytes:
    """The workbook; the same summary gives the same bytes."""
    words = catalogue(language)
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": summary.title,
            "author": summary.organisation,
            "created": summary.counted.replace(tzinfo=None),
        }
    )
    bold = book.add_format({"bold": True})
    percent = book.add_format({"num_format": "0%"})
    numbers = book.add_worksheet(words.gettext("Zahlen"))
    for column, name in enumerate(COLUMNS):
        numbers.write_string(0, column, name, bold)
        numbers.set_column(column, column, _WIDTHS.get(name, _USUAL_WIDTH))
    rows = table_rows(summary, language)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row.cells()):
            _write(numbers, line, column, cell, percent)
    numbers.freeze_panes(1, 0)
    numbers.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    facts = book.add_worksheet(words.gettext("Ausgabe"))
    facts.set_column(0, 1, 40)
    about: tuple[tuple[str, Cell], ...] = (
        (words.gettext("Titel"), summary.title),
        (words.gettext("Organisation"), summary.organisation),
        (words.gettext("Eingeladene"), summary.invited),
        (words.gettext("Antwortende"), summary.answered),
        *(
            [(words.gettext("Davon ohne persönlichen Link"), summary.open_answers)]
            if summary.open_answers
            else []
        ),
        *([(words.gettext("Anwesende"), summary.attended)] if summary.attended is not None else []),
        (words.gettext("Fassung"), summary.version),
        (words.gettext("Mindestgruppengröße"), summary.disclosure_threshold),
        (
            words.gettext("Hinweis"),
            words.gettext("Beispiel: Alle Personen und Antworten in diesem Bericht sind erfunden.")
            if summary.is_made_up
            else "",
        ),
    )
    for line, (name, value) in enumerate(about):
        facts.write_string(line, 0, name, bold)
        _write(facts, line, 1, value, None)
    book.close()
    return out.getvalue()


def _write(sheet: Worksheet, line: int, column: int, cell: Cell, percent: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, column, cell)
    elif isinstance(cell, float):
        sheet.write_number(line, column, cell, percent)
    elif cell is not None:
        sheet.write_number(line, column, cell)
