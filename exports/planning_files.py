"""The planning sheet as files to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from exports.planning_json import planning_json
from exports.planning_report import planning_html
from exports.result_files import ResultFile
from exports.sheet_files import PrinterBusy as PrinterBusy  # noqa: PLC0414 -- what callers catch
from exports.sheet_files import newest_sheet_file

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from survey.language.wording import Language
    from survey.model.planning import PlanningSheet

Kind = Literal["pdf", "xlsx", "json"]
FILES: dict[str, tuple[Kind, Language]] = {
    "planungsblatt-de.pdf": ("pdf", "de"),
    "planungsblatt-en.pdf": ("pdf", "en"),
    "planungsblatt-de.xlsx": ("xlsx", "de"),
    "planungsblatt-en.xlsx": ("xlsx", "en"),
    "planungsblatt.json": ("json", "de"),
}
"""What each file of a planning sheet is called in its address."""
_NAMES = {"de": "planungsblatt", "en": "planning-sheet"}


def make(
    name: str,
    sheet: PlanningSheet,
    *,
    organisation: str,
    made_on: date,
    keep: Path,
    accent: str = "",
) -> ResultFile:
    """The file of that name (one of FILES); PrinterBusy if it must be printed and others are at it.

    Prints are kept in a folder of their own below `keep`.
    """
    kind, language = FILES[name]
    called = f"{planning_file_base(sheet, language)}.{kind}"
    match kind:
        case "pdf":
            html = planning_html(
                sheet, language, organisation=organisation, made_on=made_on, accent=accent
            )
            content = newest_sheet_file(html, keep=keep / f"planung-{language}")
            return ResultFile(called, "application/pdf", content)
        case "xlsx":
            from exports.planning_xlsx import planning_xlsx  # noqa: PLC0415 -- slow import, for this file only

            return ResultFile(
                called,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                planning_xlsx(sheet, language),
            )
        case "json":
            return ResultFile(called, "application/json", planning_json(sheet).encode())


def planning_file_base(sheet: PlanningSheet, language: Language) -> str:
    """What a sheet's files are called, without their ending."""
    return f"{sheet.edition.name}-{_NAMES['en' if language == 'en' else 'de']}"
