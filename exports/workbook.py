"""Tables as XLSX: typed cells, so that no text becomes a formula."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from exports.summary_table import Cell

_USUAL_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: titles of its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    shares: frozenset[str] = frozenset()
    """Columns whose numbers are shown in percent."""
    widths: Mapping[str, int] = field(default_factory=dict)
    """Columns that are wider than usual."""


def workbook(sheets: Sequence[Sheet], *, title: str, made_on: date) -> bytes:
    """The file; the same sheets give the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    created = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001 -- XLSX knows no zones
    book.set_properties({"title": title, "created": created})
    for sheet in sheets:
        _add(book, sheet)
    book.close()
    return out.getvalue()


def _add(book: Workbook, sheet: Sheet) -> None:
    added = book.add_worksheet(sheet.name)
    bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0%"})
    for place, title in enumerate(sheet.columns):
        added.write_string(0, place, title, bold)
        added.set_column(place, place, sheet.widths.get(title, _USUAL_WIDTH))
    for line, row in enumerate(sheet.rows, 1):
        for place, (title, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write(added, (line, place), cell, percent if title in sheet.shares else None)
    added.freeze_panes(1, 0)
    added.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, form: Format | None) -> None:
    if isinstance(cell, str):
        sheet.write_string(*place, cell)
    elif cell is not None:
        sheet.write_number(*place, cell, form)
