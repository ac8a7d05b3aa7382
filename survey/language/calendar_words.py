"""Dates, times and numbers as German and English write them.

As the Unicode locales "de" and "en_GB" have it, of which these few lines are all that is needed: the whole of one takes
four megabytes in each process that says a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

MOST_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """How one language writes dates and numbers."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """From Monday on."""
    day_of_month: str
    """What a day of the month is written with: ``11.``."""
    stamp_of_day: str
    """As `strftime` takes it."""
    group: str
    """Between the thousands."""
    point: str

    def day(self, day: date) -> str:
        """``11. September 2020``."""
        return f"{day.day}{self.day_of_month} {self.months[day.month - 1]} {day.year}"

    def weekday(self, day: date) -> str:
        """``Freitag, 11. September 2020``."""
        return f"{self.weekdays[day.weekday()]}, {self.day(day)}"

    def time(self, moment: datetime) -> str:
        """``18:05``."""
        return f"{moment.hour:02}:{moment.minute:02}"

    def stamp(self, moment: datetime) -> str:
        """``25.09.20, 18:05``."""
        return f"{moment.strftime(self.stamp_of_day)}, {self.time(moment)}"

    def number(self, number: float) -> str:
        """``1.234,5``, to three decimals."""
        whole, _, decimals = f"{Decimal(str(number)):,.{MOST_DECIMALS}f}".partition(".")
        decimals = decimals.rstrip("0")
        return whole.replace(",", self.group) + (f"{self.point}{decimals}" if decimals else "")


GERMAN = CalendarWords(
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    day_of_month=".",
    stamp_of_day="%d.%m.%y",
    group=".",
    point=",",
)
ENGLISH = CalendarWords(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    day_of_month="",
    stamp_of_day="%d/%m/%Y",
    group=",",
    point=".",
)
