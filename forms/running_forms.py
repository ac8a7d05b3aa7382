"""Forms about a running edition: its deadline, its other ways in, and how many people were there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from forms.day_fields import MomentField
from forms.typed_number import typed_number
from forms.workplace_form import AtMost, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from wtforms import Form

MOST_PEOPLE = 100_000
LINK = "link"
PAPER = "paper"
_NEXT_DEADLINE = timedelta(days=7)


class DeadlineForm(WorkplaceForm):
    """Until when answers are taken."""

    deadline = MomentField(
        _("Neue Frist"),
        missing=problem("Geben Sie Tag und Uhrzeit der neuen Frist ein."),
        wrong=problem(
            "Diesen Tag oder diese Uhrzeit gibt es nicht. Schreiben Sie zum Beispiel 25, 9, 2026 und 18:00."
        ),
    )

    def moment(self, zone: ZoneInfo) -> datetime:
        """The deadline typed, in that time zone."""
        typed: datetime = self.deadline.data
        return typed.replace(tzinfo=zone)


def a_week_later(now: datetime, zone: ZoneInfo) -> datetime:
    """What a new deadline begins with: the end of work a week from now."""
    local = (now + _NEXT_DEADLINE).astimezone(zone)
    return local.replace(hour=18, minute=0, second=0, microsecond=0, tzinfo=None)


class NeededForPaper:
    """Filled in, if people answer on paper."""

    def __init__(self, otherwise: str) -> None:
        self.otherwise = otherwise

    def __call__(self, form: Form, field: StringField) -> None:
        """Refuse an empty field."""
        if PAPER in (form.ways.data or ()) and not (field.data or "").strip():
            raise Refused(problem(self.otherwise))


class WaysInForm(WorkplaceForm):
    """Which other ways into the form there are."""

    ways = SelectMultipleField(
        _("Welche Zugänge soll es geben?"), choices=[], validate_choice=False
    )
    typist = StringField(
        _("Wer tippt die Bogen ein?"),
        [
            NeededForPaper(_("Nennen Sie, wer die Bogen eintippt. Das steht auf dem Bogen.")),
            AtMost(120, problem("Höchstens 120 Zeichen.")),
        ],
    )
    return_to = TextAreaField(
        _("Wohin geht der ausgefüllte Bogen?"),
        [
            NeededForPaper(_("Nennen Sie, wohin der ausgefüllte Bogen geht.")),
            AtMost(300, problem("Höchstens 300 Zeichen.")),
        ],
    )

    def name_ways(self, say: Callable[[str], str]) -> None:
        """The ways are called what they are called in the person's language."""
        self.ways.choices = [
            SelectChoice(
                LINK, say("Offener Link, zum Beispiel für einen Raum oder eine Videokonferenz")
            ),
            SelectChoice(PAPER, say("Papierbogen, die jemand eintippt")),
        ]


class WholeNumber:
    """Nothing, or a whole number of people."""

    def __call__(self, form: Form, field: StringField) -> None:
        """Refuse what is no number."""
        del form
        text = (field.data or "").strip().replace(".", "")
        if text and not 0 < (typed_number(text) or 0) <= MOST_PEOPLE:
            raise Refused(
                problem(
                    "Geben Sie eine ganze Zahl zwischen 1 und %(most)d ein, oder lassen Sie das Feld leer.",
                    most=MOST_PEOPLE,
                )
            )


class AttendanceForm(WorkplaceForm):
    """How many people were there."""

    attended = StringField(
        _("Wie viele Menschen waren da?"), [WholeNumber()], render_kw={"inputmode": "numeric"}
    )

    def people(self) -> int | None:
        """The number typed; None if nobody knows."""
        text = (self.attended.data or "").strip().replace(".", "")
        return int(text) if text else None
