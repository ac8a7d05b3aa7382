"""WTForms fields for the questions of one person: they hold what was typed and know the options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm

from survey.model import items
from survey.model.items import NO_ANSWER, NOT_ATTENDED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.language.catalogue import Catalogue
    from survey.language.wording import Language
    from survey.model.personal_form import Elsewhere, PersonalForm, Question
    from survey.model.programme import Session


class Typed:
    """What was typed, as WTForms wants to be handed it."""

    def __init__(self, typed: Mapping[str, Sequence[str]]) -> None:
        self._typed = typed

    def __contains__(self, name: str) -> bool:
        return name in self._typed

    def __iter__(self) -> Any:  # noqa: ANN401 -- an iterator of names, as WTForms asks for
        return iter(self._typed)

    def __len__(self) -> int:
        return len(self._typed)

    def getlist(self, name: str) -> list[str]:
        """Every value of that field."""
        return list(self._typed.get(name, ()))


def answer_fields(form: PersonalForm, language: Language, words: Catalogue) -> Any:  # noqa: ANN401 -- WTForms has no types
    """A WTForms field for every form field of the person; nothing typed yet."""
    fields: dict[str, Any] = {}
    for question in form.questions():
        fields |= _fields_of(question, language, words)
    for other in form.elsewhere():
        fields[other.name] = RadioField(choices=_session_choices(other, language, words))
    return BaseForm(fields)


def _fields_of(question: Question, language: Language, words: Catalogue) -> dict[str, Any]:
    item, name = question.item, question.name
    choices = [
        SelectChoice(c.code, c.label.in_language(language)) for c in items.choices(item)
    ] + _apart(question, words)
    match item:
        case items.ShortText():
            return {name: StringField()}
        case items.LongText():
            return {name: TextAreaField()}
        case items.TopThree():
            empty = SelectChoice("", words.gettext("Bitte auswählen"))
            return {
                part: SelectField(choices=[empty, *choices])
                for part in items.field_names(item, name)
            }
        case items.MultipleChoice():
            fields = {name: SelectMultipleField(choices=choices)}
            return fields | ({f"{name}-text": StringField()} if item.other_label else {})
        case _:
            return {name: RadioField(choices=choices)}


def _apart(question: Question, words: Catalogue) -> list[SelectChoice]:
    apart = []
    if items.offers_no_answer(question.item):
        apart.append(SelectChoice(NO_ANSWER, words.gettext("Keine Angabe")))
    if question.may_be_absent:
        apart.append(SelectChoice(NOT_ATTENDED, words.gettext("Nicht teilgenommen")))
    return apart


def _session_choices(other: Elsewhere, language: Language, words: Catalogue) -> list[SelectChoice]:
    def title(session: Session) -> SelectChoice:
        return SelectChoice(session.code, session.title.in_language(language))

    none = words.gettext("In keinem anderen") if other.booked else words.gettext("In keinem")
    return [*(title(s) for s in other.sessions), SelectChoice("", none)]
