"""Reads one XLSX file in a process of its own: the file on standard input, its sheets as JSON on standard output.

Two cells in opposite corners of a sheet make the reader ask for a terabyte, and that ends its process. So the reader
runs behind a limit on memory and time, where its end is only a refused file. Started as a script, by `xlsx_file`.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Cell = int | float | str | bool | time | date | datetime | timedelta

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 20_000_000
LONGEST_CELL = 2_000
UNREADABLE, LOCKED, TOO_LARGE = 3, 4, 5
"""What the process ends with when it refuses a file."""


class TooLarge(Exception):
    """More rows, columns or text than a registration list has."""


def main() -> int:
    """Limits this process, reads, writes; the result is the exit code."""
    _limit()
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 -- only behind the limits

    try:
        sheets = list(_sheets(sys.stdin.buffer.read()))
    except PasswordError:
        return LOCKED
    except TooLarge:
        return TOO_LARGE
    except (CalamineError, ValueError, OverflowError, OSError, MemoryError):
        return UNREADABLE
    json.dump(sheets, sys.stdout)
    return 0


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 -- only Unix has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(data: bytes) -> Iterator[dict[str, object]]:
    from python_calamine import (  # noqa: PLC0415 -- only behind the limits
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    room = MOST_CHARACTERS
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for position, about in enumerate(book.sheets_metadata):
        if about.visible != SheetVisibleEnum.Visible or about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(position)
        if sheet.total_height > MOST_ROWS + 100 or sheet.total_width > MOST_COLUMNS:
            raise TooLarge
        rows = [[_said(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        room -= sum(len(cell) for row in rows for cell in row)
        if room < 0:
            raise TooLarge
        yield {"name": about.name, "rows": rows}


def _said(cell: Cell) -> str:
    """The cell as a person sees it: whole numbers without a decimal point, truth as ja or nein."""
    match cell:
        case bool():
            return "ja" if cell else "nein"
        case float() if cell.is_integer():
            return str(int(cell))
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)[:LONGEST_CELL]


if __name__ == "__main__":
    sys.exit(main())
