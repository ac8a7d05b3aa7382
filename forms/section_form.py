"""The form of one section: its heading and introduction in each language, and what it is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from forms.question_fields import form_of, lines_of, one_line, texts_of
from forms.workplace_form import marked as _
from survey.errors import problem
from survey.language.wording import LANGUAGES, Wording
from survey.model.items import choices
from survey.model.programme import SessionKind
from survey.model.question_law import INTRODUCTION_LIMIT, LINE_LIMIT, proposed_code
from survey.model.questionnaire import Condition, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.errors import Problem
    from survey.language.catalogue import Catalogue
    from survey.model.items import Item

SESSION_KINDS = {
    SessionKind.GREETING: _("Grußwort"),
    SessionKind.INTERVIEW: _("Interview"),
    SessionKind.KEYNOTE: _("Hauptvortrag"),
    SessionKind.WORKSHOP: _("Workshop"),
    SessionKind.GUEST_TALK: _("Gastvortrag"),
    SessionKind.DISCUSSION: _("Diskussion"),
}
ALWAYS = "-"


class SectionForm:
    """The section as it is typed: what was sent, or else the section as it stands."""

    def __init__(
        self,
        section: Section | None,
        typed: Mapping[str, tuple[str, ...]] | None = None,
        *,
        words: Catalogue,
        possible: Sequence[Item] = (),
    ) -> None:
        self.section = section
        self._possible = {item.code: item for item in possible}
        self._words = words
        self.typed = dict(_typed_of(section) if typed is None else typed)
        self.fields = self._fields()

    @property
    def asks_for_answers(self) -> bool:
        """True if the section hangs on a question whose answers can be ticked here."""
        return "condition_choices" in self.fields

    def begin_condition(self) -> bool:
        """Another question was chosen for the section to hang on: its answers are there to be ticked."""
        asked = self._one("condition_of")
        chosen = self._one("condition")
        if chosen in {ALWAYS, "", asked}:
            return False
        self.typed |= {"condition_choices": (), "condition_of": (chosen,)}
        self.fields = self._fields()
        return True

    def read(self, taken: Sequence[str]) -> Section | None:
        """The section as typed; None if something is missing, and the fields then say what."""
        heading, introduction = self._wording("heading"), self._wording("introduction")
        kinds = tuple(k for k in SessionKind if k.value in self.typed.get("for_each", ()))
        condition = self._condition()
        found = [
            (
                "heading_de",
                not heading.de,
                problem("Schreiben Sie die Überschrift des Abschnitts."),
            ),
            *(
                (f"{name}_{language}", len(getattr(wording, language)) > limit, _too_long(limit))
                for name, wording, limit in (
                    ("heading", heading, LINE_LIMIT),
                    ("introduction", introduction, INTRODUCTION_LIMIT),
                )
                for language in LANGUAGES
            ),
            (
                "condition",
                condition is not None and bool(kinds),
                problem(
                    "Ein Abschnitt, der zu jedem Programmpunkt gestellt wird, kann nicht von einer "
                    "Antwort abhängen."
                ),
            ),
            (
                "condition_choices",
                condition is not None and not condition.choices and self.asks_for_answers,
                problem("Wählen Sie mindestens eine Antwort."),
            ),
        ]
        for name, is_wrong, why in found:
            if is_wrong:
                field = self.fields[name]
                field.errors = [*field.errors, why]
        if any(is_wrong for _name, is_wrong, _why in found):
            return None
        code = self.section.code if self.section else proposed_code(heading.de, taken)
        items = self.section.items if self.section else ()
        return Section(code, heading, items, introduction, kinds, condition)

    def complaints(self) -> Any:  # noqa: ANN401 -- WTForms has no types
        """Every problem with the field it belongs to."""
        return self.fields.complaints()

    def _condition(self) -> Condition | None:
        asked = self._one("condition")
        if asked not in self._possible:
            return None
        known = [choice.code for choice in choices(self._possible[asked])]
        taken = self.typed.get("condition_choices", ())
        return Condition(asked, tuple(code for code in known if code in taken))

    def _fields(self) -> Any:  # noqa: ANN401 -- WTForms has no types
        say, language = self._words.gettext, self._words.language
        fields: dict[str, Any] = {
            **lines_of("heading"),
            **texts_of("introduction"),
            "for_each": SelectMultipleField(
                _("Zu jedem dieser Programmpunkte einzeln fragen"),
                choices=[SelectChoice(k.value, say(text)) for k, text in SESSION_KINDS.items()],
            ),
        }
        if self._possible:
            fields["condition"] = RadioField(
                _("Wer diesen Abschnitt sieht"),
                choices=[
                    SelectChoice(ALWAYS, say(_("Alle"))),
                    *(
                        SelectChoice(
                            code,
                            say(_("Wer eine bestimmte Antwort gibt auf: %(question)s"))
                            % {"question": item.wording.in_language(language)},
                        )
                        for code, item in self._possible.items()
                    ),
                ],
            )
        asked = self._one("condition")
        if asked in self._possible:
            fields["condition_choices"] = SelectMultipleField(
                _("Bei diesen Antworten"),
                choices=[
                    SelectChoice(choice.code, choice.label.in_language(language))
                    for choice in choices(self._possible[asked])
                ],
            )
        return form_of(fields, self.typed)

    def _wording(self, name: str) -> Wording:
        return Wording(*(one_line(self._one(f"{name}_{language}")) for language in LANGUAGES))

    def _one(self, name: str) -> str:
        values = self.typed.get(name, ())
        return values[0] if values else ""


def _too_long(limit: int) -> Problem:
    return problem(
        "Dieser Text ist zu lang. Erlaubt sind höchstens %(limit)s Zeichen.", limit=limit
    )


def _typed_of(section: Section | None) -> dict[str, tuple[str, ...]]:
    nothing = Wording("")
    heading = section.heading if section else nothing
    introduction = section.introduction if section else nothing
    typed: dict[str, tuple[str, ...]] = {
        f"{name}_{language}": (getattr(wording, language),)
        for name, wording in (("heading", heading), ("introduction", introduction))
        for language in LANGUAGES
    }
    typed["for_each"] = tuple(kind.value for kind in section.for_each) if section else ()
    condition = section.condition if section else None
    typed["condition"] = (condition.item if condition else ALWAYS,)
    typed["condition_of"] = (condition.item if condition else "",)
    typed["condition_choices"] = condition.choices if condition else ()
    return typed
