"""Sheets for walls, tables and pens: printed one at a time, and kept until what they say changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.pdf_process import content_hash
from exports.warm_printer import WARM_PRINTER
from exports.warm_printer import PrinterBusy as PrinterBusy  # noqa: PLC0414 -- what callers catch

if TYPE_CHECKING:
    from pathlib import Path

_WAIT_SECONDS = 20
_SHEETS = "sheets"


def sheet_file(html: str, *, cache: Path) -> bytes:
    """The PDF of a sheet; PrinterBusy if it must be printed and others are at it. It names nobody who answers."""
    kept = cache / _SHEETS / f"{content_hash(html)}.pdf"
    if kept.exists():
        return kept.read_bytes()
    return _printed_into(kept.parent, html)


def newest_sheet_file(html: str, *, keep: Path) -> bytes:
    """The same for a sheet with a folder of its own: earlier prints go, they may say what was taken back."""
    kept = keep / f"{content_hash(html)}.pdf"
    if kept.exists():
        return kept.read_bytes()
    content = _printed_into(keep, html)
    for earlier in set(keep.glob("*.pdf")) - {kept}:
        earlier.unlink(missing_ok=True)
    return content


def _printed_into(folder: Path, html: str) -> bytes:
    with WARM_PRINTER.lent(wait_seconds=_WAIT_SECONDS) as printer:
        return printer.print_pdf(html, folder).read_bytes()
