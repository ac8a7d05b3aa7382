"""What planners decide about one thing for the next edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from forms.beginning_form import Chosen
from forms.day_fields import DayField
from forms.workplace_form import AtMost, Filled, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.language.wording import Wording
from survey.model.planning import Course, PlannedDecision

if TYPE_CHECKING:
    from survey.language.catalogue import Catalogue

_TEXT = 1000
_NAMES = 200
_TOO_LONG = problem("Das ist zu lang. Höchstens 1.000 Zeichen.")
COURSES = {
    Course.KEEP: _("Beibehalten"),
    Course.CHANGE: _("Ändern"),
    Course.DROP: _("Weglassen"),
}


class DecisionForm(WorkplaceForm):
    """Keep, change or drop; what, by whom, until when, and whether everybody may read it."""

    course = RadioField(
        _("Was haben Sie entschieden?"),
        [
            Chosen(
                problem(
                    "Wählen Sie, ob Sie es beibehalten, ändern oder beim nächsten Mal weglassen."
                )
            )
        ],
        validate_choice=False,
    )
    text_de = TextAreaField(
        _("Was geschieht beim nächsten Mal?"),
        [
            Filled(problem("Schreiben Sie in einem Satz, was geschieht.")),
            AtMost(_TEXT, _TOO_LONG),
        ],
    )
    responsible = StringField(
        _("Wer macht das?"),
        [AtMost(_NAMES, problem("Das ist zu lang. Höchstens 200 Zeichen."))],
    )
    until = DayField(
        _("Bis wann?"),
        wrong=problem("Diesen Tag gibt es nicht. Schreiben Sie zum Beispiel 25, 9 und 2026."),
    )
    is_public = BooleanField(_("Alle dürfen das lesen"))
    text_easy = TextAreaField(_("In Einfacher Sprache"), [AtMost(_TEXT, _TOO_LONG)])
    text_en = TextAreaField(_("Auf Englisch"), [AtMost(_TEXT, _TOO_LONG)])

    def name_courses(self, words: Catalogue) -> None:
        """The courses in the reader's language."""
        self.course.choices = [
            SelectChoice(course.value, words.gettext(text)) for course, text in COURSES.items()
        ]

    def decision(self, subject: str) -> PlannedDecision:
        """What was typed, once it is valid."""
        return PlannedDecision(
            subject=subject,
            course=Course(self.course.data),
            text=Wording(
                _typed(self.text_de), easy=_typed(self.text_easy), en=_typed(self.text_en)
            ),
            responsible=_typed(self.responsible),
            until=self.until.data,
            is_public=bool(self.is_public.data),
        )


def typed_decision(decision: PlannedDecision | None) -> dict[str, object]:
    """What the form begins with."""
    if decision is None:
        return {}
    return {
        "course": decision.course.value,
        "text_de": decision.text.de,
        "text_easy": decision.text.easy,
        "text_en": decision.text.en,
        "responsible": decision.responsible,
        "until": decision.until,
        "is_public": decision.is_public,
    }


def _typed(field: StringField) -> str:
    return (field.data or "").replace("\r\n", "\n").strip()
