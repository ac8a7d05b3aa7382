"""Texts that a spreadsheet would compute when it opens a CSV file, made harmless and back."""

from __future__ import annotations

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """The cell for a spreadsheet: an apostrophe before whatever a spreadsheet would compute."""
    return f"'{cell}" if cell.startswith(_BEGINNINGS) else cell


def plain(cell: str) -> str:
    """The cell without the apostrophe that `harmless` put before it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_BEGINNINGS) else cell
