"""The form of a new edition: what nobody can take from an earlier one or from a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from email_validator import EmailNotValidError, validate_email
from wtforms import EmailField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from forms.edition_file import EDITION_NAME
from forms.event_days import deadline_field, first_day, last_day
from forms.toml_keys import LINE_LIMIT
from forms.workplace_form import AtMost, Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.model.copying import Beginning
from survey.model.event import RESERVED_NAMES, EditionFormat

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from survey.errors import Problem
    from survey.language.catalogue import Catalogue

FORMATS = {
    EditionFormat.ON_SITE: _("vor Ort"),
    EditionFormat.ONLINE: _("online"),
    EditionFormat.HYBRID: _("hybrid: vor Ort und online zugleich"),
}
TOO_LONG = problem("Das ist zu lang. Erlaubt sind höchstens %(limit)s Zeichen.", limit=LINE_LIMIT)


class Chosen:
    """One of the choices that stand there; the field itself must not validate, its words are not ours."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, otherwise: Problem) -> None:
        self.otherwise = otherwise

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse everything else."""
        del form
        if field.data not in [choice.value for choice in field.choices]:
            raise Refused(self.otherwise)


class ShortName:
    """A short name as it can stand in links and file names."""

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse what cannot."""
        del form
        if not EDITION_NAME.fullmatch(field.data.strip()):
            raise Refused(
                problem(
                    "Der Kurzname darf nur kleine Buchstaben von a bis z, Ziffern, Binde- und Unterstriche haben, "
                    "zuerst einen Buchstaben, höchstens 31 Zeichen. Zum Beispiel: kongress2027."
                )
            )
        if field.data.strip() in RESERVED_NAMES:
            raise Refused(problem("Dieser Kurzname ist vergeben. Wählen Sie einen anderen."))


class MailAddress:
    """An address that mails can leave from, or answers come to."""

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse what is none; what is one stands in its normal form."""
        del form
        try:
            field.data = validate_email(
                field.data.strip(), check_deliverability=False, allow_smtputf8=False
            ).normalized
        except EmailNotValidError as error:
            raise Refused(
                problem(
                    "„%(value)s“ ist keine gültige E-Mail-Adresse. Zum Beispiel: name@stadt.de",
                    value=field.data[:100],
                )
            ) from error


class BeginningForm(WorkplaceForm):
    """Title, days, deadline, format and short name of a new edition."""

    title = StringField(
        _("Titel"),
        [Filled(problem("Geben Sie der Ausgabe einen Titel.")), AtMost(LINE_LIMIT, TOO_LONG)],
    )
    starts = first_day()
    ends = last_day()
    deadline = deadline_field()
    format = RadioField(
        _("Form"),
        [
            Chosen(
                problem("Wählen Sie, ob die Veranstaltung vor Ort, online oder hybrid stattfindet.")
            )
        ],
        validate_choice=False,
    )
    name = StringField(
        _("Kurzname"),
        [Filled(problem("Geben Sie einen Kurznamen ein.")), ShortName()],
    )

    def name_formats(self, words: Catalogue) -> None:
        """The formats in the reader's language."""
        self.format.choices = [
            SelectChoice(kind.value, words.gettext(text)) for kind, text in FORMATS.items()
        ]

    def beginning(self, *, zone: ZoneInfo) -> Beginning:
        """What was typed, once it is valid."""
        return Beginning(
            name=self.name.data.strip(),
            title=self.title.data.strip(),
            format=EditionFormat(self.format.data),
            starts=self.starts.data,
            ends=self.ends.data or self.starts.data,
            deadline=self.deadline.data.replace(tzinfo=zone),
        )


class TemplateForm(BeginningForm):
    """The same with what a template cannot know: the series, and who asks."""

    series = StringField(
        _("Veranstaltungsreihe"),
        [
            Filled(problem("Nennen Sie die Veranstaltungsreihe.")),
            AtMost(LINE_LIMIT, TOO_LONG),
        ],
    )
    organisation = StringField(
        _("Wer fragt"),
        [
            Filled(problem("Nennen Sie die Organisation, die fragt.")),
            AtMost(LINE_LIMIT, TOO_LONG),
        ],
    )
    sender = EmailField(
        _("Absender der Mails"),
        [
            Filled(problem("Geben Sie die Adresse ein, von der die Mails kommen.")),
            MailAddress(),
        ],
    )
    contact = EmailField(
        _("Adresse für Fragen"),
        [
            Filled(problem("Geben Sie die Adresse ein, unter der ein Mensch Fragen beantwortet.")),
            MailAddress(),
        ],
    )


def typed_beginning(beginning: Beginning, *, zone: ZoneInfo) -> dict[str, object]:
    """A proposal as the form shows it."""
    return {
        "title": beginning.title,
        "starts": beginning.starts,
        "ends": beginning.ends,
        "deadline": beginning.deadline.astimezone(zone).replace(tzinfo=None),
        "format": beginning.format.value,
        "name": beginning.name,
    }
