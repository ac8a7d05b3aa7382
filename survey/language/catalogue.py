"""Messages in the reader's language: gettext catalogues, plural forms, dates and numbers.

The msgid is the plain German text. Catalogues lie per area in ``<language>/<area>.po`` and are read at start;
what a catalogue lacks is said in German.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from survey.language.calendar_words import ENGLISH, GERMAN
from survey.language.wording import Wording

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from survey.errors import Problem
    from survey.language.wording import Language

_LOCALE = {"de": "de_DE", "easy": "de_DE", "en": "en_GB"}
_CALENDAR = {"de": GERMAN, "easy": GERMAN, "en": ENGLISH}


class Translations(gettext.GNUTranslations):
    """Messages out of compiled catalogues; with Babel's own class all that it knows of calendars would be loaded."""

    _catalog: dict[str | tuple[str, int], str]

    def __init__(self, compiled: io.BytesIO | None = None) -> None:
        self._catalog = {}
        # Both our languages count so; a compiled catalogue says so itself.
        self.plural = lambda n: int(n != 1)
        super().__init__(compiled)

    def take_up(self, other: Translations) -> None:
        """Say what the other one says, too."""
        self._catalog.update(other._catalog)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is said in one language."""

    language: Language
    translations: Translations

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.translations.gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The message in this language in the right number."""
        return self.translations.ngettext(singular, plural, n)

    def problem(self, problem: Problem) -> str:
        """What is wrong and what to do, as a sentence."""
        values = {name: self._fact(value) for name, value in problem.facts}
        return self.gettext(problem.key) % values

    def _fact(self, value: object) -> object:
        match value:
            case Wording():
                return value.in_language(self.language)
            case datetime(tzinfo=tzinfo() as zone):
                return self.moment(value, zone)
            case _:
                return value

    def day(self, day: date) -> str:
        """``11. September 2020``."""
        return _CALENDAR[self.language].day(day)

    def weekday(self, day: date) -> str:
        """``Freitag, 11. September 2020``."""
        return _CALENDAR[self.language].weekday(day)

    def moment(self, moment: datetime, zone: tzinfo) -> str:
        """``25. September 2020, 18:00 Uhr`` in that time zone."""
        local = moment.astimezone(zone)
        return self.gettext("%(day)s, %(time)s Uhr") % {
            "day": _CALENDAR[self.language].day(local),
            "time": _CALENDAR[self.language].time(local),
        }

    def stamp(self, moment: datetime, zone: ZoneInfo) -> str:
        """A short date and time for tables."""
        return _CALENDAR[self.language].stamp(moment.astimezone(zone))

    def number(self, number: float) -> str:
        """``1.234`` in German, ``1,234`` in English."""
        return _CALENDAR[self.language].number(number)


@cache
def catalogue(language: Language) -> Catalogue:
    """The catalogue of a language, read once."""
    folder = Path(__file__).parent / language
    merged = Translations()
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".po"):
                compiled = io.BytesIO()
                write_mo(compiled, read_po(io.BytesIO(file.read_bytes()), locale=_LOCALE[language]))
                compiled.seek(0)
                merged.take_up(Translations(compiled))
    return Catalogue(language, merged)
