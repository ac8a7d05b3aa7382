"""Forms about an edition from elsewhere: what it was, and under which name its mapping is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice

from forms.beginning_form import FORMATS, TOO_LONG, Chosen
from forms.day_fields import DayField
from forms.typed_number import typed_number
from forms.workplace_form import AtMost, Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.earlier.importing import LONGEST_SOURCE, LONGEST_TITLE, day_of, fact_problems
from survey.errors import problem
from survey.model.foreign_survey import EarlierFacts, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.language.catalogue import Catalogue


_YES, _NO = "yes", "no"


class NumberOrNothing:
    """A whole number, or nothing where nobody knows."""

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse what is neither."""
        del form
        if (field.data or "").strip() and typed_number(field.data.strip()) is None:
            raise Refused(problem("Geben Sie eine ganze Zahl ab 0 ein, oder nichts."))


class EarlierFactsForm(WorkplaceForm):
    """What is known of an edition besides its answers."""

    title = StringField(
        _("Titel"),
        [Filled(problem("Geben Sie der Ausgabe einen Titel.")), AtMost(LONGEST_TITLE, TOO_LONG)],
    )
    starts = DayField(
        _("Tag der Veranstaltung"),
        missing=problem("Geben Sie den Tag der Veranstaltung an."),
        wrong=problem(
            "Den Tag gibt es so nicht. Geben Sie Tag, Monat und Jahr als Zahlen ein, zum Beispiel 15 9 2017."
        ),
    )
    format = RadioField(
        _("Form"),
        [
            Chosen(
                problem("Wählen Sie, ob die Veranstaltung vor Ort, online oder hybrid stattfand.")
            )
        ],
        validate_choice=False,
    )
    source = StringField(
        _("Woher die Zahlen stammen"),
        [
            Filled(problem("Sagen Sie, woher die Zahlen stammen. Das steht dann an jedem Bild.")),
            AtMost(LONGEST_SOURCE, TOO_LONG),
        ],
    )
    invited = StringField(_("Wie viele wurden befragt?"), [NumberOrNothing()])
    answered = StringField(_("Wie viele haben geantwortet?"), [NumberOrNothing()])
    is_made_up = RadioField(
        _("Echt oder Beispiel"),
        [Chosen(problem("Wählen Sie, ob die Daten echt oder erfunden sind."))],
        validate_choice=False,
    )

    def name_formats(self, words: Catalogue) -> None:
        """The formats and the two answers in the reader's language."""
        say = words.gettext
        self.format.choices = [
            SelectChoice(kind.value, say(text)) for kind, text in FORMATS.items()
        ]
        self.is_made_up.choices = [
            SelectChoice(_NO, say("Echt: Diese Menschen und Antworten gibt es.")),
            SelectChoice(_YES, say("Beispiel mit erfundenen Daten. Das steht dann überall.")),
        ]

    @staticmethod
    def shown(facts: EarlierFacts) -> Mapping[str, object]:
        """The facts as the form shows them."""
        return {
            "title": facts.title,
            "starts": day_of(facts.starts),
            "format": facts.format,
            "source": facts.source,
            "invited": "" if facts.invited is None else str(facts.invited),
            "answered": "" if facts.answered is None else str(facts.answered),
            "is_made_up": _YES if facts.is_made_up else _NO,
        }

    def facts(self) -> EarlierFacts:
        """What was typed."""
        starts = self.starts.data
        return EarlierFacts(
            title=one_line(self.title.data or ""),
            starts=starts.isoformat() if isinstance(starts, date) else "",
            format=self.format.data or "",
            source=one_line(self.source.data or ""),
            invited=typed_number((self.invited.data or "").strip()),
            answered=typed_number((self.answered.data or "").strip()),
            is_made_up=self.is_made_up.data == _YES,
        )

    def is_sound(self, *, today: date) -> bool:
        """True if everything typed can be so; else each field has its problem."""
        is_typed = self.validate()
        for found in fact_problems(self.facts(), today=today):
            if not self[found.place].errors:
                self[found.place].errors = [found]
                is_typed = False
        return bool(is_typed)
