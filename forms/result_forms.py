"""Forms about results: quotes, themes, links for speakers, and the public page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email
from wtforms import (
    BooleanField,
    EmailField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from forms.day_fields import MomentField
from forms.typed_number import typed_number
from forms.workplace_form import AtMost, Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.language.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from wtforms import Form

_NAME = 80
_DESCRIPTION = 500
_TEXT = 4000
_DECISION = 1000
_TOO_LONG = problem("Das ist zu lang. Kürzen Sie den Text.")
_DAYS = ("7", "30", "60", "90")


class QuoteForm(WorkplaceForm):
    """One text as it may be quoted."""

    sentences = SelectMultipleField(_("Ganze Sätze weglassen"), validate_choice=False)
    wording = TextAreaField(
        _("So wird der Text veröffentlicht"),
        [
            Filled(problem("Schreiben Sie, was vom Text veröffentlicht wird.")),
            AtMost(_TEXT, _TOO_LONG),
        ],
    )

    def left_out(self) -> tuple[int, ...]:
        """Places of the sentences that were ticked."""
        numbers = (typed_number(place) for place in self.sentences.data or ())
        return tuple(place for place in numbers if place is not None)


class OneOfThese:
    """One of the choices that the page offers; a form that was sent without the field chose none."""

    def __call__(self, form: Form, field: SelectField) -> None:
        """Refuse everything else."""
        del form
        if (field.data or "") not in [choice.value for choice in field.choices]:
            raise Refused(problem("Diese Frage gibt es hier nicht. Wählen Sie eine aus der Liste."))


class ThemeForm(WorkplaceForm):
    """One theme of a codebook."""

    name_de = StringField(
        _("Name des Themas"),
        [
            Filled(problem("Geben Sie dem Thema einen Namen.")),
            AtMost(_NAME, problem("Höchstens 80 Zeichen.")),
        ],
    )
    name_en = StringField(_("Name auf Englisch"), [AtMost(_NAME, problem("Höchstens 80 Zeichen."))])
    description = TextAreaField(
        _("Wann gehört ein Text dazu?"), [AtMost(_DESCRIPTION, problem("Höchstens 500 Zeichen."))]
    )
    item = SelectField(
        _("Zu welcher Frage sagt das Thema mehr?"), [OneOfThese()], validate_choice=False
    )

    def name_questions(self, questions: Mapping[str, str], *, none: str) -> None:
        """The questions by their codes, in the reader's language, after the words for none of them."""
        self.item.choices = [
            SelectChoice(code, text) for code, text in {"": none, **questions}.items()
        ]

    def name(self) -> Wording:
        """The name in both languages."""
        return Wording(_typed(self.name_de), en=_typed(self.name_en))


class PossibleAddress:
    """Nothing, or a mail address."""

    def __call__(self, form: Form, field: StringField) -> None:
        """Refuse what is no address."""
        del form
        text = _typed(field)
        if not text:
            return
        try:
            validate_email(text, check_deliverability=False)
        except EmailNotValidError as error:
            raise Refused(
                problem("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@stadt.de")
            ) from error


class ShareForm(WorkplaceForm):
    """A link for the speakers of one session."""

    days = StringField(
        _("Wie viele Tage soll der Link gelten?"),
        [Filled(problem("Geben Sie eine Zahl zwischen 1 und 90 ein."))],
        default="30",
        render_kw={"inputmode": "numeric"},
    )
    address = EmailField(
        _("E-Mail-Adresse der Vortragenden"),
        [PossibleAddress()],
        render_kw={"autocomplete": "off"},
    )

    def validate_days(self, field: StringField) -> None:
        """Refuse what is no number of days."""
        if not 1 <= (typed_number(_typed(field)) or 0) <= 90:  # noqa: PLR2004 -- MOST_DAYS of survey/sharing.py
            raise Refused(problem("Geben Sie eine Zahl zwischen 1 und 90 ein."))


class PublicPageForm(WorkplaceForm):
    """From when everybody can read the results, and who is named."""

    visible_from = MomentField(
        _("Ab wann soll die Seite zu lesen sein?"),
        missing=problem("Geben Sie Tag und Uhrzeit ein."),
        wrong=problem(
            "Diesen Tag oder diese Uhrzeit gibt es nicht. Schreiben Sie zum Beispiel 25, 9, 2026 und 18:00."
        ),
    )
    has_sessions = BooleanField(_("Ergebnisse der einzelnen Programmpunkte zeigen"))
    named = SelectMultipleField(
        _("Diese Vortragenden haben zugestimmt, dort genannt zu werden"), validate_choice=False
    )

    def moment(self, zone: ZoneInfo) -> datetime:
        """The moment typed, in that time zone."""
        typed: datetime = self.visible_from.data
        return typed.replace(tzinfo=zone)


def decision_too_long(wording: Wording) -> bool:
    """True if one of the texts is longer than a decision may be."""
    return any(len(text) > _DECISION for text in (wording.de, wording.easy, wording.en))


def _typed(field: StringField) -> str:
    return (field.data or "").strip()
