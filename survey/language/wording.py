"""Texts in the languages of the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["de", "easy", "en"]
"""German, German in easy language, English."""
LANGUAGES: tuple[Language, ...] = get_args(Language)
HTML_LANGUAGE: dict[Language, str] = {"de": "de", "easy": "de", "en": "en"}


class GermanInstead(str):
    """A German text that stands on a page in another language, for want of a translation."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in up to three languages; German is always there."""

    de: str
    easy: str = ""
    en: str = ""

    def in_language(self, language: Language) -> str:
        """The text in that language, else in German."""
        found = {"de": self.de, "easy": self.easy, "en": self.en}[language]
        return found or (GermanInstead(self.de) if language == "en" else self.de)

    def __bool__(self) -> bool:
        """True if there is a text."""
        return bool(self.de)
