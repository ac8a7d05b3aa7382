"""The form about one participant: typed by hand, held to the same law as a line of a registration list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from forms.column_names import Column, Meaning
from forms.registration_line import Line
from forms.session_names import session_names
from forms.table_file import Row
from forms.workplace_form import WorkplaceForm
from forms.workplace_form import marked as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.language.catalogue import Catalogue
    from survey.model.event import Edition
    from survey.model.invitation import Registration
    from survey.model.known_person import KnownPerson

LANGUAGE_LABELS = (("de", _("Deutsch")), ("easy", _("Leichte Sprache")), ("en", _("Englisch")))
ROUND = "round-"
"""Names of the fields of rounds begin with it."""


class ParticipantForm(WorkplaceForm):
    """Address, name, language, number; a list for each round of the programme."""

    address = EmailField(_("E-Mail-Adresse"))
    name = StringField(_("Name"))
    language = RadioField(_("Sprache der Mails"), validate_choice=False)
    number = StringField(_("Anmeldenummer"))

    def rounds(self) -> tuple[Any, ...]:
        """The fields of the rounds, in programme order."""
        return tuple(field for field in self if field.name.startswith(ROUND))

    def registration(self, edition: Edition) -> Registration | None:
        """What was typed; None if it breaks the law of registration lists, with the problems at their fields."""
        self.validate()
        names = {
            "address": Meaning.ADDRESS,
            "name": Meaning.NAME,
            "language": Meaning.LANGUAGE,
            "number": Meaning.NUMBER,
        }
        columns = [Column(name, meaning) for name, meaning in names.items()]
        columns += [
            Column(field.name, Meaning.SESSIONS, field.name.removeprefix(ROUND))
            for field in self.rounds()
        ]
        cells = tuple((self[column.heading].data or "").strip() for column in columns)
        line = Line(edition, session_names(edition.programme), tuple(columns), Row(0, cells))
        registration = line.registration()
        for problem in line.problems:
            field = next((f for f in self if f.name == problem.place), self.address)
            field.errors = [*field.errors, problem]
        return None if line.problems else registration


def participant_form(
    edition: Edition,
    typed: Mapping[str, tuple[str, ...]] | None = None,
    *,
    words: Catalogue,
    person: KnownPerson | None = None,
) -> ParticipantForm:
    """The form for that edition: as it was sent, as the person is stored, or empty."""
    rounds = {
        f"{ROUND}{round_.code}": SelectField(
            round_.title.in_language(words.language), validate_choice=False
        )
        for round_ in edition.programme.rounds
    }
    made: type[ParticipantForm] = type("ParticipantFormOfEdition", (ParticipantForm,), rounds)
    form: ParticipantForm = made.typed(typed or {}, **_stored(edition, person))
    form.address.flags.required = True
    form.language.choices = [
        SelectChoice(code, words.gettext(label)) for code, label in LANGUAGE_LABELS
    ]
    for round_ in edition.programme.rounds:
        field = form[f"{ROUND}{round_.code}"]
        field.flags.required = True  # there is always a choice, if only for none
        field.choices = [
            SelectChoice("", words.gettext("Kein Programmpunkt")),
            *(
                SelectChoice(s.code, s.title.in_language(words.language))
                for s in edition.programme.sessions
                if s.round == round_.code
            ),
        ]
    return form


def _stored(edition: Edition, person: KnownPerson | None) -> dict[str, str]:
    if person is None:
        return {"language": "de"}
    stored = {
        "address": person.address,
        "name": person.name,
        "language": person.language,
        "number": person.number,
    }
    for session in edition.programme.sessions:
        if session.round is not None and session.code in person.sessions:
            stored[f"{ROUND}{session.round}"] = session.code
    return stored
