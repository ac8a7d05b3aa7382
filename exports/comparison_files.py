"""A comparison of editions as files to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.comparison_json import comparison_json
from exports.comparison_report import comparison_html
from exports.series_files import Content, addresses, file_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from exports.comparison_report import Publisher
    from exports.result_files import ResultFile
    from survey.language.wording import Language
    from survey.model.comparison import Comparison

FILES = addresses("vergleich")
_WORDS: dict[Language, str] = {"de": "vergleich", "en": "comparison"}


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

    def xlsx() -> bytes:
        from exports.comparison_xlsx import comparison_xlsx  # noqa: PLC0415 -- slow import, for this file only

        return comparison_xlsx(comparison, language)

    content = Content(
        html=lambda: comparison_html(
            comparison, language, publisher=publisher, made=made, zone=zone
        ),
        xlsx=xlsx,
        json=lambda: comparison_json(comparison),
    )
    newest = comparison.newest.name.rpartition(":")[2]
    return file_of(
        kind, content, base=f"{newest}-{_WORDS[language]}", keep=keep / f"vergleich-{language}"
    )
