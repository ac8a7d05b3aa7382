"""Forms of an edition's facts, one per group. A form leaves out what is frozen, and changes only what it has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wtforms import EmailField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice

from forms.beginning_form import FORMATS, TOO_LONG, Chosen, MailAddress
from forms.day_fields import MomentField
from forms.event_days import deadline_field, first_day, last_day
from forms.toml_keys import LINE_LIMIT
from forms.workplace_form import AtMost, Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.model.event import EditionFormat, EditionKind, NextEdition
from survey.model.freezing import FREE
from survey.model.profile import LONGEST_RETENTION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from survey.language.catalogue import Catalogue
    from survey.model.event import Edition, EditionRecord
    from survey.model.profile import Profile

KINDS = {
    EditionKind.CONGRESS: _("Kongress"),
    EditionKind.NETWORK_CALL: _("Netzwerktreffen"),
    EditionKind.WORKSHOP_SERIES: _("Workshop-Reihe"),
    EditionKind.TRAINING: _("Schulung"),
}
WRONG_DAYS = _("Geben Sie die Tage als ganze Zahl von %(least)s bis %(most)s ein.")
_YES, _NO = "yes", "no"


class Whole:
    """A whole number within limits."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, least: int, most: int, otherwise: str) -> None:
        self.least = least
        self.most = most
        self.otherwise = otherwise

    def __call__(self, form: WorkplaceForm, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Refuse everything else."""
        del form
        field.errors = []  # WTForms' own words about what is no number
        if field.data is None or not self.least <= field.data <= self.most:
            raise Refused(problem(self.otherwise, least=self.least, most=self.most))


class FactForm(WorkplaceForm):
    """What the forms of all groups have in common."""

    def prepare(self, record: EditionRecord, *, words: Catalogue, profile: Profile) -> None:
        """Choices in the reader's language, limits of the organisation; frozen fields are gone."""
        del words, profile
        if record.opens is not None:
            for name in [f.name for f in self if f.name not in FREE | self.free_though_open()]:
                del self[name]

    def free_though_open(self) -> frozenset[str]:
        """Fields that may still change in one direction."""
        return frozenset()

    @staticmethod
    def shown(edition: Edition, *, zone: ZoneInfo) -> dict[str, object]:
        """The facts as the form shows them."""
        raise NotImplementedError

    def applied(self, edition: Edition, *, zone: ZoneInfo) -> Edition:
        """The edition with what was typed, once it is valid."""
        del zone
        typed: dict[str, Any] = {f.name: f.data.strip() for f in self if isinstance(f.data, str)}
        return replace(edition, **typed)


class EventForm(FactForm):
    """What is held."""

    title = StringField(
        _("Titel"),
        [Filled(problem("Geben Sie der Ausgabe einen Titel.")), AtMost(LINE_LIMIT, TOO_LONG)],
    )
    series = StringField(
        _("Veranstaltungsreihe"),
        [Filled(problem("Nennen Sie die Veranstaltungsreihe.")), AtMost(LINE_LIMIT, TOO_LONG)],
    )
    kind = RadioField(_("Art"), [Chosen(problem("Wählen Sie, was es ist."))], validate_choice=False)
    format = RadioField(
        _("Form"),
        [
            Chosen(
                problem("Wählen Sie, ob die Veranstaltung vor Ort, online oder hybrid stattfindet.")
            )
        ],
        validate_choice=False,
    )
    is_made_up = RadioField(
        _("Echt oder Beispiel"),
        [Chosen(problem("Wählen Sie, ob die Daten echt oder erfunden sind."))],
        validate_choice=False,
    )

    def prepare(self, record: EditionRecord, *, words: Catalogue, profile: Profile) -> None:
        """The kinds, formats and the two answers in the reader's language."""
        say = words.gettext
        self.kind.choices = [SelectChoice(k.value, say(text)) for k, text in KINDS.items()]
        self.format.choices = [SelectChoice(k.value, say(text)) for k, text in FORMATS.items()]
        self.is_made_up.choices = [
            SelectChoice(_NO, say("Echt: Diese Menschen und Antworten gibt es.")),
            SelectChoice(_YES, say("Beispiel mit erfundenen Daten. Das steht dann überall.")),
        ]
        super().prepare(record, words=words, profile=profile)

    @staticmethod
    def shown(edition: Edition, *, zone: ZoneInfo) -> dict[str, object]:
        """As typed."""
        del zone
        return {
            "title": edition.title,
            "series": edition.series,
            "kind": edition.kind.value,
            "format": edition.format.value,
            "is_made_up": _YES if edition.is_made_up else _NO,
        }

    def applied(self, edition: Edition, *, zone: ZoneInfo) -> Edition:
        """With its kinds as kinds."""
        changed = super().applied(edition, zone=zone)
        if "kind" not in self:
            return changed
        return replace(
            changed,
            kind=EditionKind(self.kind.data),
            format=EditionFormat(self.format.data),
            is_made_up=self.is_made_up.data == _YES,
        )


class DaysForm(FactForm):
    """When it is held, and until when people answer."""

    starts = first_day()
    ends = last_day()
    deadline = deadline_field()

    def prepare(self, record: EditionRecord, *, words: Catalogue, profile: Profile) -> None:
        """After the first mail the deadline is extended elsewhere, and nothing else moves."""
        del words, profile
        if record.opens is not None:
            for name in [f.name for f in self]:
                del self[name]

    @staticmethod
    def shown(edition: Edition, *, zone: ZoneInfo) -> dict[str, object]:
        """In the time of the house."""
        return {
            "starts": edition.starts,
            "ends": edition.ends,
            "deadline": edition.deadline.astimezone(zone).replace(tzinfo=None),
        }

    def applied(self, edition: Edition, *, zone: ZoneInfo) -> Edition:
        """With aware moments."""
        return replace(
            edition,
            starts=self.starts.data,
            ends=self.ends.data or self.starts.data,
            deadline=self.deadline.data.replace(tzinfo=zone),
        )


class SenderForm(FactForm):
    """Who asks, from where mails come, and who reads what."""

    organisation = StringField(
        _("Wer fragt"),
        [Filled(problem("Nennen Sie die Organisation, die fragt.")), AtMost(LINE_LIMIT, TOO_LONG)],
    )
    sender = EmailField(
        _("Absender der Mails"),
        [Filled(problem("Geben Sie die Adresse ein, von der die Mails kommen.")), MailAddress()],
    )
    sender_name = StringField(_("Name des Absenders"), [AtMost(LINE_LIMIT, TOO_LONG)])
    contact = EmailField(
        _("Adresse für Fragen"),
        [
            Filled(problem("Geben Sie die Adresse ein, unter der ein Mensch Fragen beantwortet.")),
            MailAddress(),
        ],
    )
    contact_name = StringField(_("Wer Fragen beantwortet"), [AtMost(LINE_LIMIT, TOO_LONG)])
    text_readers = StringField(_("Wer die freien Texte liest"), [AtMost(LINE_LIMIT, TOO_LONG)])

    @staticmethod
    def shown(edition: Edition, *, zone: ZoneInfo) -> dict[str, object]:
        """As typed."""
        del zone
        return _texts(
            edition,
            ("organisation", "sender", "sender_name", "contact", "contact_name", "text_readers"),
        )


class PrivacyForm(FactForm):
    """What the privacy notice says, and how long addresses are kept."""

    legal_basis = StringField(_("Rechtsgrundlage"), [AtMost(LINE_LIMIT, TOO_LONG)])
    processors = StringField(
        _("Wer Daten in Ihrem Auftrag verarbeitet"), [AtMost(LINE_LIMIT, TOO_LONG)]
    )
    data_protection_contact = StringField(
        _("Datenschutzbeauftragte Person"), [AtMost(LINE_LIMIT, TOO_LONG)]
    )
    retention_days = IntegerField(
        _("Tage, nach denen Adressen gelöscht werden"), [Whole(1, LONGEST_RETENTION, WRONG_DAYS)]
    )

    def free_though_open(self) -> frozenset[str]:
        """Sooner is welcome."""
        return frozenset({"retention_days"})

    def prepare(self, record: EditionRecord, *, words: Catalogue, profile: Profile) -> None:
        """Addresses never stay longer than people were told."""
        super().prepare(record, words=words, profile=profile)
        if record.opens is not None:
            self.retention_days.validators = [Whole(1, record.edition.retention_days, WRONG_DAYS)]

    @staticmethod
    def shown(edition: Edition, *, zone: ZoneInfo) -> dict[str, object]:
        """As typed."""
        del zone
        return _texts(
            edition, ("legal_basis", "processors", "data_protection_contact", "retention_days")
        )

    def applied(self, edition: Edition, *, zone: ZoneInfo) -> Edition:
        """With the days as a number."""
        changed = super().applied(edition, zone=zone)
        return replace(changed, retention_days=self.retention_days.data)


class NextForm(FactForm):
    """The next date of the series, for the calendar file in the mail of thanks."""

    next_title = StringField(_("Titel des nächsten Termins"), [AtMost(LINE_LIMIT, TOO_LONG)])
    next_starts = MomentField(
        _("Beginn"),
        wrong=problem(
            "Den Beginn gibt es so nicht. Geben Sie Tag, Monat und Jahr als Zahlen ein und die Uhrzeit wie 9:00."
        ),
    )
    next_ends = MomentField(
        _("Ende"),
        wrong=problem(
            "Das Ende gibt es so nicht. Geben Sie Tag, Monat und Jahr als Zahlen ein und die Uhrzeit wie 17:00."
        ),
    )
    next_place = StringField(_("Ort"), [AtMost(LINE_LIMIT, TOO_LONG)])

    def prepare(self, record: EditionRecord, *, words: Catalogue, profile: Profile) -> None:
        """It may always change."""
        del record, words, profile

    @staticmethod
    def shown(edition: Edition, *, zone: ZoneInfo) -> dict[str, object]:
        """In the time of the house."""
        coming = edition.next_edition
        if coming is None:
            return {}
        return {
            "next_title": coming.title,
            "next_starts": coming.starts.astimezone(zone).replace(tzinfo=None),
            "next_ends": coming.ends.astimezone(zone).replace(tzinfo=None),
            "next_place": coming.place,
        }

    def _is_given(self) -> bool:
        return bool(
            self.next_title.data.strip()
            or any(self.next_starts.typed)
            or any(self.next_ends.typed)
            or self.next_place.data.strip()
        )

    def validate_next_title(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """A date has a title."""
        if self._is_given() and not field.data.strip():
            raise Refused(problem("Geben Sie dem nächsten Termin einen Titel."))

    def validate_next_starts(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """A date has a beginning."""
        if self._is_given() and field.data is None:
            raise Refused(problem("Geben Sie ein, wann der nächste Termin beginnt."))

    def validate_next_ends(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """A date has an end, after its beginning."""
        if not self._is_given():
            return
        if field.data is None:
            raise Refused(problem("Geben Sie ein, wann der nächste Termin endet."))
        if self.next_starts.data and field.data <= self.next_starts.data:
            raise Refused(problem("Das Ende liegt vor dem Beginn."))

    def applied(self, edition: Edition, *, zone: ZoneInfo) -> Edition:
        """With the date, or without one where everything is empty."""
        if not self._is_given():
            return replace(edition, next_edition=None)
        coming = NextEdition(
            title=self.next_title.data.strip(),
            starts=self.next_starts.data.replace(tzinfo=zone),
            ends=self.next_ends.data.replace(tzinfo=zone),
            place=self.next_place.data.strip(),
        )
        return replace(edition, next_edition=coming)


def _texts(edition: Edition, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(edition, name) for name in names}
