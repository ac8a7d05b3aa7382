"""Days and moments as people type them: day, month and year in a field each, and the time of day in one more."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from wtforms import Field
from wtforms.utils import unset_value

from forms.typed_number import typed_number
from forms.workplace_form import Refused
from forms.workplace_form import marked as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wtforms import Form

    from survey.errors import Problem

_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?: *Uhr| *h)?", re.IGNORECASE)
_SHORT_YEAR = 100
_THIS_CENTURY = 2000


class DayField(Field):  # type: ignore[misc]  # WTForms has no types
    """A day, typed in ``<name>-day``, ``<name>-month`` and ``<name>-year``; its data is a date or None.

    `missing` is said where nothing is typed (None: it may stay empty), `wrong` where there is no such day.
    """

    parts: tuple[tuple[str, str, int], ...] = (
        ("day", _("Tag"), 2),
        ("month", _("Monat"), 2),
        ("year", _("Jahr"), 4),
    )
    """Each input: end of its name, its label, how many characters wide."""

    def __init__(
        self,
        label: str,
        validators: Sequence[object] = (),
        *,
        wrong: Problem,
        missing: Problem | None = None,
        **options: Any,  # noqa: ANN401 -- WTForms has no types
    ) -> None:
        super().__init__(label, validators, **options)
        self.missing = missing
        self.wrong = wrong
        self.typed: tuple[str, ...] = ("",) * len(self.parts)
        if missing is not None:
            self.flags.required = True

    @property
    def anchor(self) -> str:
        """Id of the first input, where the error summary leads."""
        return f"{self.id}-{self.parts[0][0]}"

    def process(
        self,
        formdata: Any,  # noqa: ANN401 -- WTForms has no types
        data: Any = unset_value,  # noqa: ANN401 -- the same
        extra_filters: Sequence[object] | None = None,
    ) -> None:
        """Take what was typed, else the given value."""
        del extra_filters
        self.process_errors: list[object] = []
        self.data = self.default if data is unset_value else data
        self.typed = self._say(self.data)
        names = [f"{self.name}-{part}" for part, _label, _width in self.parts]
        if formdata is not None and any(name in formdata for name in names):
            self.typed = tuple(
                (list(formdata.getlist(name)) or [""])[0].strip()[:20] for name in names
            )
            self.data = self._read(self.typed) if any(self.typed) else None

    def pre_validate(self, form: Form) -> None:
        """Refuse what is no day."""
        del form
        if not any(self.typed):
            if self.missing is not None:
                raise Refused(self.missing)
        elif self.data is None:
            raise Refused(self.wrong)

    def inputs(self) -> tuple[tuple[str, str, int, str], ...]:
        """End of the name, label, width and text of each input."""
        return tuple(
            (part, label, width, text)
            for (part, label, width), text in zip(self.parts, self.typed, strict=True)
        )

    def _say(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401 -- a date or None
        return (
            ("",) * len(self.parts)
            if value is None
            else (str(value.day), str(value.month), str(value.year))
        )

    def _read(self, typed: tuple[str, ...]) -> date | None:
        return read_day(*typed)


class MomentField(DayField):
    """A day with the time of day in ``<name>-time``; its data is a naive local datetime or None."""

    parts = (*DayField.parts, ("time", _("Uhrzeit"), 5))

    def _say(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401 -- a datetime or None
        return (
            super()._say(None)
            if value is None
            else (str(value.day), str(value.month), str(value.year), f"{value:%H:%M}")
        )

    def _read(self, typed: tuple[str, ...]) -> date | None:
        day, at = read_day(*typed[:3]), read_time(typed[3])
        return None if day is None or at is None else datetime.combine(day, at)


def read_day(day: str, month: str, year: str) -> date | None:
    """The day as typed; ``20`` is the year 2020; None if there is none."""
    in_year, in_month, on_day = typed_number(year), typed_number(month), typed_number(day)
    if in_year is None or in_month is None or on_day is None:
        return None
    try:
        return date(in_year + _THIS_CENTURY if in_year < _SHORT_YEAR else in_year, in_month, on_day)
    except ValueError:
        return None


def read_time(typed: str) -> time | None:
    """The time of day as typed: ``18:00``, ``18.00``, ``18 Uhr``; None if it is none."""
    found = _TIME.fullmatch(typed)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None
