"""A comparison of editions as files to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from exports.comparison_json import comparison_json
from exports.comparison_report import comparison_html
from exports.result_files import ResultFile
from exports.sheet_files import PrinterBusy as PrinterBusy  # noqa: PLC0414 -- what callers catch
from exports.sheet_files import newest_sheet_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from exports.comparison_report import Publisher
    from survey.language.wording import Language
    from survey.model.comparison import Comparison

Kind = Literal["pdf", "xlsx", "json"]
FILES: dict[str, tuple[Kind, Language]] = {
    "vergleich-de.pdf": ("pdf", "de"),
    "vergleich-en.pdf": ("pdf", "en"),
    "vergleich-de.xlsx": ("xlsx", "de"),
    "vergleich-en.xlsx": ("xlsx", "en"),
    "vergleich.json": ("json", "de"),
}
"""What each file of a comparison is called in its address."""
_NAMES = {"de": "vergleich", "en": "comparison"}


def make(
    name: str,
    comparison: Comparison,
    *,
    publisher: Publisher,
    made: datetime,
    zone: ZoneInfo,
    keep: Path,
) -> ResultFile:
    """The file of that name (one of FILES); PrinterBusy if it must be printed and others are at it.

    Prints are kept in a folder of their own below `keep`.
    """
    kind, language = FILES[name]
    called = f"{comparison_file_base(comparison, language)}.{kind}"
    match kind:
        case "pdf":
            html = comparison_html(comparison, language, publisher=publisher, made=made, zone=zone)
            content = newest_sheet_file(html, keep=keep / f"vergleich-{language}")
            return ResultFile(called, "application/pdf", content)
        case "xlsx":
            from exports.comparison_xlsx import comparison_xlsx  # noqa: PLC0415 -- slow import, for this file only

            return ResultFile(
                called,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                comparison_xlsx(comparison, language),
            )
        case "json":
            return ResultFile(called, "application/json", comparison_json(comparison).encode())


def comparison_file_base(comparison: Comparison, language: Language) -> str:
    """What a comparison's files are called, without their ending."""
    newest = comparison.newest.name.rpartition(":")[2]
    return f"{newest}-{_NAMES['en' if language == 'en' else 'de']}"
