"""What the files of a comparison and of a planning sheet have in common: their addresses, names and kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from exports.result_files import PDF, XLSX, ResultFile
from exports.sheet_files import newest_sheet_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from survey.language.wording import Language

Kind = Literal["pdf", "xlsx", "json"]


@dataclass(frozen=True, slots=True)
class Content:
    """What one file is made of, when somebody wants it."""

    html: Callable[[], str]
    """The page that is printed."""
    xlsx: Callable[[], bytes]
    json: Callable[[], str]


def addresses(word: str) -> dict[str, tuple[Kind, Language]]:
    """What each file is called in its address: ``vergleich-de.pdf``."""
    return {
        f"{word}-de.pdf": ("pdf", "de"),
        f"{word}-en.pdf": ("pdf", "en"),
        f"{word}-de.xlsx": ("xlsx", "de"),
        f"{word}-en.xlsx": ("xlsx", "en"),
        f"{word}.json": ("json", "de"),
    }


def file_of(kind: Kind, content: Content, *, base: str, keep: Path) -> ResultFile:
    """The file, called `base` with its ending; PrinterBusy if it must be printed and others are at it.

    `keep` is the folder that only this print has.
    """
    match kind:
        case "pdf":
            return ResultFile(f"{base}.pdf", PDF, newest_sheet_file(content.html(), keep=keep))
        case "xlsx":
            return ResultFile(f"{base}.xlsx", XLSX, content.xlsx())
        case "json":
            return ResultFile(f"{base}.json", "application/json", content.json().encode())
