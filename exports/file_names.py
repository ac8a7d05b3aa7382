"""What the files of a summary are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.model.summary import EditionSummary

_BASE = {"de": "auswertung", "en": "summary"}
_VERSION = {"de": "fassung", "en": "version"}


def file_base(summary: EditionSummary, language: Language) -> str:
    """What a summary's files are called, without their ending."""
    spoken = "en" if language == "en" else "de"
    base = f"{summary.name}-{_BASE[spoken]}"
    return base if summary.version == 1 else f"{base}-{_VERSION[spoken]}-{summary.version}"
