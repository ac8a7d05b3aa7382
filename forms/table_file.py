"""Tables as spreadsheets and registration tools save them: CSV in its dialects and encodings, and XLSX."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.spreadsheet_process import MOST_COLUMNS, MOST_ROWS
from forms.xlsx_file import OLD_OFFICE_MAGIC, ZIP_MAGIC, read_xlsx
from survey.errors import FileRefused, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_FILE = 5 * 1024 * 1024
DELIMITERS = (";", ",", "\t")
_SEPARATOR_LINE = "sep="
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DAMAGED = ("Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã„", "Ã–", "Ãœ")
"""Umlauts in UTF-8 that were once read as Windows text."""
_BINARY = frozenset(map(chr, range(9)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty, and the line it begins in, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one way to read the file: one sheet of a workbook, or a CSV text split at one delimiter."""

    rows: tuple[Row, ...]
    sheet: str = ""
    """Name of the sheet; empty for CSV."""
    fault: Problem | None = None
    """Why the rows stop early, if they do."""


def read_tables(data: bytes, name: str) -> tuple[Table, ...]:
    """Every way to read the file; FileRefused where it is too large or not a table at all."""
    if len(data) > LARGEST_FILE:
        raise FileRefused(
            name,
            (
                problem(
                    "Die Datei ist zu groß. Erlaubt sind höchstens %(limit)s MiB.",
                    limit=LARGEST_FILE // 1024 // 1024,
                ),
            ),
        )
    if data.startswith((ZIP_MAGIC, OLD_OFFICE_MAGIC)):
        return tuple(
            Table(_filled(enumerate(rows, 1)), sheet)
            for sheet, rows in read_xlsx(data, name).items()
        )
    text = _decoded(data, name)
    first, _, rest = text.partition("\n")
    if first.casefold().startswith(_SEPARATOR_LINE) and len(first.strip("\r")) == len("sep=;"):
        return (_split(rest, first[4], lines_before=1),)
    return tuple(_split(text, delimiter) for delimiter in DELIMITERS)


def _decoded(data: bytes, name: str) -> str:
    """The text: Excel marks UTF-8 and UTF-16; what is not UTF-8 comes from an older Windows."""
    marked = next((c for mark, c in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        damaged = next((text.index(mark) for mark in _DAMAGED if mark in text), None)
        if damaged is not None:
            raise FileRefused(name, (_damaged_umlauts(text, damaged),))
        if _BINARY.isdisjoint(text):
            return text
    raise FileRefused(
        name,
        (
            problem(
                "Die Datei ist weder CSV noch Excel (.xlsx), oder ihre Zeichen sind nicht lesbar. Speichern Sie die "
                "Liste in Excel als „CSV UTF-8“."
            ),
        ),
    )


def _damaged_umlauts(text: str, at: int) -> Problem:
    return problem(
        "Umlaute sind beschädigt: Hier steht „%(damaged)s“. Speichern Sie die Liste noch einmal aus dem ursprünglichen "
        "Programm, als „CSV UTF-8“ oder als Excel-Datei.",
        line=text.count("\n", 0, at) + 1,
        damaged=text[at : at + 2],
    )


def _split(text: str, delimiter: str, *, lines_before: int = 0) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    try:
        for cells in reader:
            rows.append((begins + lines_before, tuple(cells[: MOST_COLUMNS + 1])))
            begins = reader.line_num + 1
            if len(cells) > MOST_COLUMNS or len(rows) > MOST_ROWS * 2:
                return Table(_filled(iter(rows)), fault=_too_large())
    except csv.Error:
        fault = problem(
            "Die Anführungszeichen passen ab hier nicht zusammen. Prüfen Sie diese Zeile.",
            line=begins + lines_before,
        )
        return Table(_filled(iter(rows)), fault=fault)
    filled = _filled(iter(rows))
    return Table(filled, fault=_too_large() if len(filled) > MOST_ROWS + 100 else None)


def _too_large() -> Problem:
    return problem(
        "Die Tabelle ist zu groß. Erlaubt sind höchstens %(rows)s Zeilen und %(columns)s Spalten. Löschen Sie leere "
        "Zeilen und Spalten mit Formatierungen.",
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
    )


def _filled(rows: Iterator[tuple[int, tuple[str, ...]]]) -> tuple[Row, ...]:
    return tuple(
        Row(line, tuple(cell.strip() for cell in cells))
        for line, cells in rows
        if any(cell.strip() for cell in cells)
    )
