"""The planning sheet as files to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.planning_json import planning_json
from exports.planning_report import planning_html
from exports.series_files import Content, addresses, file_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from exports.result_files import ResultFile
    from survey.language.wording import Language
    from survey.model.planning import PlanningSheet

FILES = addresses("planungsblatt")
_WORDS: dict[Language, str] = {"de": "planungsblatt", "en": "planning-sheet"}


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

    def xlsx() -> bytes:
        from exports.planning_xlsx import planning_xlsx  # noqa: PLC0415 -- slow import, for this file only

        return planning_xlsx(sheet, language)

    content = Content(
        html=lambda: planning_html(
            sheet, language, organisation=organisation, made_on=made_on, accent=accent
        ),
        xlsx=xlsx,
        json=lambda: planning_json(sheet),
    )
    return file_of(
        kind,
        content,
        base=f"{sheet.edition.name}-{_WORDS[language]}",
        keep=keep / f"planung-{language}",
    )
