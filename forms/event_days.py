"""When an event is held, and until when people answer: fields and rules that several forms share."""

from __future__ import annotations

from typing import Any

from forms.day_fields import DayField, MomentField
from forms.workplace_form import Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem


def first_day() -> Any:  # noqa: ANN401 -- WTForms has no types
    """The field of the first day."""
    return DayField(
        _("Erster Tag"),
        missing=problem("Geben Sie den ersten Tag der Veranstaltung ein."),
        wrong=problem(
            "Den ersten Tag gibt es so nicht. Geben Sie Tag, Monat und Jahr als Zahlen ein, zum Beispiel 11 9 2026."
        ),
    )


def last_day() -> Any:  # noqa: ANN401 -- WTForms has no types
    """The field of the last day; empty where it is the first."""
    return DayField(
        _("Letzter Tag"),
        [NotBeforeTheFirst()],
        wrong=problem(
            "Den letzten Tag gibt es so nicht. Geben Sie Tag, Monat und Jahr als Zahlen ein, zum Beispiel 11 9 2026."
        ),
    )


def deadline_field() -> Any:  # noqa: ANN401 -- WTForms has no types
    """The field of the deadline."""
    return MomentField(
        _("Frist zum Antworten"),
        [AfterTheEvent()],
        missing=problem("Geben Sie ein, bis wann Menschen antworten können."),
        wrong=problem(
            "Die Frist gibt es so nicht. Geben Sie Tag, Monat und Jahr als Zahlen ein und die Uhrzeit wie 18:00."
        ),
    )


class NotBeforeTheFirst:
    """No event ends before it begins."""

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse a last day before ``starts``."""
        if field.data and form.starts.data and field.data < form.starts.data:
            raise Refused(problem("Der letzte Tag liegt vor dem ersten."))


class AfterTheEvent:
    """Everybody has time to answer after the last day."""

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse a deadline on the last day or before."""
        last = form.ends.data or form.starts.data
        if field.data and last and field.data.date() <= last:
            raise Refused(
                problem(
                    "Die Frist muss nach dem letzten Tag der Veranstaltung enden, damit alle Zeit zum Antworten haben."
                )
            )
