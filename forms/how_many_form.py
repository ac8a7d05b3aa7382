"""The form that asks how many answers are hoped for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import SelectField, StringField

from forms.typed_number import typed_number
from forms.workplace_form import Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Form

MOST_PEOPLE = 100_000


class PeopleNumber:
    """A whole number of people, or nothing."""

    def __call__(self, form: Form, field: StringField) -> None:
        """Refuse what is no number."""
        del form
        text = _digits(field.data)
        if text and not 0 < (typed_number(text) or 0) <= MOST_PEOPLE:
            raise Refused(
                problem("Geben Sie eine ganze Zahl zwischen 1 und %(most)d ein.", most=MOST_PEOPLE)
            )


class HowManyForm(WorkplaceForm):
    """How many could answer next time, how many are hoped for, and what it is compared with."""

    antworten = StringField(
        _("Mit wie vielen Antworten rechnen Sie?"),
        [Filled(problem("Geben Sie an, mit wie vielen Antworten Sie rechnen.")), PeopleNumber()],
        render_kw={"inputmode": "numeric"},
    )
    personen = StringField(
        _("Wie viele Menschen laden Sie ein?"), [PeopleNumber()], render_kw={"inputmode": "numeric"}
    )
    mit = SelectField(
        _("Womit wird verglichen?"),
        [Filled(problem("Wählen Sie eine Ausgabe."))],
        validate_choice=False,
    )

    def offer(self, editions: Iterable[tuple[str, str]]) -> None:
        """Let one of these editions be chosen: short name and title."""
        self.mit.choices = list(editions)

    def answers(self) -> int:
        """How many answers are hoped for."""
        return int(_digits(self.antworten.data))

    def people(self) -> int | None:
        """How many are invited; None if nobody knows."""
        text = _digits(self.personen.data)
        return int(text) if text else None

    def validate_antworten(self, field: StringField) -> None:
        """Refuse more answers than people."""
        most, hoped = typed_number(_digits(self.personen.data)), typed_number(_digits(field.data))
        if most is not None and hoped is not None and hoped > most:
            raise Refused(problem("Das sind mehr Antworten als Eingeladene."))


def _digits(text: str | None) -> str:
    return (text or "").strip().replace(".", "")
