"""Forms of the programme: a session, a round, and how many sessions a person may book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from forms.beginning_form import TOO_LONG, Chosen
from forms.fact_forms import Whole
from forms.programme_file import is_https
from forms.toml_keys import CODE, LINE_LIMIT
from forms.workplace_form import AtMost, Filled, Refused, WorkplaceForm
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.language.wording import Wording
from survey.model.programme import Round, Session, SessionKind
from survey.model.programme_editing import free_round_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.language.catalogue import Catalogue
    from survey.model.programme import Programme

NEW_ROUND, NO_ROUND = "_new", ""
_YES, _NO = "yes", "no"
SESSION_KINDS = {
    SessionKind.GREETING: _("Begrüßung"),
    SessionKind.INTERVIEW: _("Gespräch"),
    SessionKind.KEYNOTE: _("Hauptvortrag"),
    SessionKind.WORKSHOP: _("Workshop"),
    SessionKind.GUEST_TALK: _("Gastvortrag"),
    SessionKind.DISCUSSION: _("Diskussion"),
}
FREE_THOUGH_OPEN = frozenset({"title_de", "title_easy", "title_en", "speakers", "recording"})


class TitleForm(WorkplaceForm):
    """A title in the languages of the service."""

    title_de = StringField(
        _("Titel auf Deutsch"),
        [Filled(problem("Geben Sie den Titel auf Deutsch ein.")), AtMost(LINE_LIMIT, TOO_LONG)],
    )
    title_easy = StringField(_("Titel in Einfacher Sprache"), [AtMost(LINE_LIMIT, TOO_LONG)])
    title_en = StringField(_("Titel auf Englisch"), [AtMost(LINE_LIMIT, TOO_LONG)])

    def title(self) -> Wording:
        """The title as typed."""
        return Wording(*(f.data.strip() for f in (self.title_de, self.title_easy, self.title_en)))


class RoundForm(TitleForm):
    """A round's title."""


class SessionForm(TitleForm):
    """Everything about one session."""

    kind = RadioField(
        _("Art"),
        [Chosen(problem("Wählen Sie, was für ein Programmpunkt es ist."))],
        validate_choice=False,
    )
    round = SelectField(
        _("Runde"), [Chosen(problem("Wählen Sie eine Runde aus der Liste."))], validate_choice=False
    )
    new_round = StringField(_("Titel der neuen Runde"), [AtMost(LINE_LIMIT, TOO_LONG)])
    is_rated = RadioField(
        _("Im Fragebogen"),
        [Chosen(problem("Wählen Sie, ob nach dem Programmpunkt gefragt wird."))],
        validate_choice=False,
    )
    speakers = TextAreaField(_("Vortragende"))
    recording = StringField(_("Link zur Aufzeichnung"), [AtMost(LINE_LIMIT, TOO_LONG)])
    code = StringField(_("Code"))

    def prepare(self, programme: Programme, words: Catalogue) -> None:
        """Choices in the reader's language."""
        say = words.gettext
        self.kind.choices = [SelectChoice(k.value, say(t)) for k, t in SESSION_KINDS.items()]
        self.round.choices = [
            SelectChoice(NO_ROUND, say("Keine Runde: für alle, ohne Anmeldung")),
            *(SelectChoice(r.code, r.title.in_language(words.language)) for r in programme.rounds),
            SelectChoice(NEW_ROUND, say("Eine neue Runde")),
        ]
        self.is_rated.choices = [
            SelectChoice(_YES, say("Wird bewertet, wenn es Fragen zu dieser Art gibt")),
            SelectChoice(_NO, say("Wird nicht bewertet")),
        ]

    def leave_frozen(self) -> None:
        """What has been promised or asked does not change any more."""
        for name in [f.name for f in self if f.name not in FREE_THOUGH_OPEN]:
            del self[name]

    def leave_code(self) -> None:
        """A session that is there keeps its code."""
        if "code" in self:
            del self["code"]

    def require_free_code(self, taken: Sequence[str]) -> None:
        """Refuse a code that another session has."""
        self._taken = taken

    _taken: Sequence[str] = ()

    def validate_code(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Empty for one that is found; else small letters, digits, underscores."""
        typed = field.data.strip()
        if typed and not CODE.fullmatch(typed):
            raise Refused(
                problem(
                    "Der Code darf nur kleine Buchstaben von a bis z, Ziffern und Unterstriche haben, zuerst einen "
                    "Buchstaben. Zum Beispiel: ws13."
                )
            )
        if typed in self._taken:
            raise Refused(problem("Den Code „%(code)s“ gibt es schon.", code=typed))

    def validate_new_round(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """A new round has a title."""
        if self.round.data == NEW_ROUND and not field.data.strip():
            raise Refused(problem("Geben Sie der neuen Runde einen Titel."))

    def validate_speakers(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """Nobody's name is longer than a line."""
        if any(len(line) > LINE_LIMIT for line in _lines(field.data)):
            raise Refused(
                problem(
                    "Eine Zeile bei den Vortragenden ist zu lang. Erlaubt sind höchstens %(limit)s Zeichen.",
                    limit=LINE_LIMIT,
                )
            )

    def validate_recording(self, field: Any) -> None:  # noqa: ANN401 -- WTForms has no types
        """A whole link, and a safe one."""
        if field.data.strip() and not is_https(field.data.strip()):
            raise Refused(
                problem(
                    "Der Link zur Aufzeichnung muss vollständig sein und mit https:// beginnen."
                )
            )

    def applied(self, session: Session, programme: Programme) -> tuple[Session, Round | None]:
        """The session as typed, and the round to be made for it."""
        changed = replace(
            session,
            title=self.title(),
            speakers=_lines(self.speakers.data),
            recording=self.recording.data.strip() or None,
        )
        if "kind" not in self:
            return changed, None
        new_round = (
            Round(free_round_code(programme), Wording(self.new_round.data.strip()))
            if self.round.data == NEW_ROUND
            else None
        )
        changed = replace(
            changed,
            kind=SessionKind(self.kind.data),
            round=new_round.code if new_round else self.round.data or None,
            is_rated=self.is_rated.data == _YES,
        )
        return changed, new_round


class BookingForm(WorkplaceForm):
    """How many booked sessions a person may have."""

    most = IntegerField(_("Höchstens so viele Programmpunkte je Person"))

    def limit(self, rounds: int) -> None:
        """One in each round at most."""
        self.most.flags.required = True
        self.most.validators = [
            Whole(1, max(1, rounds), _("Geben Sie eine ganze Zahl von %(least)s bis %(most)s ein."))
        ]


def shown_session(session: Session) -> dict[str, object]:
    """A session as its form shows it."""
    return {
        **shown_title(session.title),
        "kind": session.kind.value,
        "round": session.round or NO_ROUND,
        "is_rated": _YES if session.is_rated else _NO,
        "speakers": "\n".join(session.speakers),
        "recording": session.recording or "",
    }


def shown_title(title: Wording) -> dict[str, object]:
    """A title as its form shows it."""
    return {"title_de": title.de, "title_easy": title.easy, "title_en": title.en}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
