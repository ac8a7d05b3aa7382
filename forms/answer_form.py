"""The answer form as it is drawn: the first page, the refused answer and the check page come from the same fields.

What may be kept is decided by `survey.model.personal_form` alone; the WTForms fields here only hold what
was typed and which options exist, so that a page never loses anything.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from forms.answer_fields import Typed, answer_fields
from forms.drawn_form import (
    Complaint,
    Control,
    DrawnElsewhere,
    DrawnPart,
    DrawnQuestion,
    DrawnSection,
    Given,
    Kind,
    Option,
    first_control,
    questions_of,
)
from survey.language.catalogue import catalogue
from survey.model import items
from survey.model.items import NO_ANSWER, NOT_ATTENDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.errors import Problem
    from survey.language.wording import Language
    from survey.model.personal_form import Elsewhere, FormSection, PersonalForm, Question

APART = frozenset({NO_ANSWER, NOT_ATTENDED})
"""Options that stand apart from the others: they are no judgement."""


class AnswerForm:
    """One person's form in one language, with what was typed and what was wrong with it."""

    def __init__(
        self,
        form: PersonalForm,
        typed: Mapping[str, Sequence[str]],
        *,
        language: Language,
        problems: tuple[Problem, ...] = (),
        text_readers: str = "",
    ) -> None:
        self.language = language
        self._words = catalogue(language)
        self._form = form
        self._problems = problems
        self._text_readers = text_readers
        self._fields = answer_fields(form, language, self._words)
        self._fields.process(Typed(typed))
        self.sections = tuple(self._section(section) for section in form.sections)
        self.has_required = any(q.item.is_required for q in form.questions())
        self.complaints = self._complaints()

    def questions(self) -> tuple[DrawnQuestion, ...]:
        """Every question in reading order, the choice of another session before its questions."""
        return tuple(q for section in self.sections for q in questions_of(section))

    def known(self, typed: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
        """What was typed into fields of this form."""
        names = {field.name for field in self._fields}
        return {name: values for name, values in typed.items() if name in names}

    def given(self) -> tuple[tuple[str, tuple[tuple[str, tuple[Given, ...]], ...]], ...]:
        """What was answered, by section heading and session title, for reading through before it is sent."""
        found = []
        for section in self.sections:
            rows = [Given(q.name, "", q.label, q.answer) for q in section.questions if q.answer]
            for part in section.parts:
                rows += [
                    Given(q.name, part.title, q.label, q.answer) for q in part.questions if q.answer
                ]
                rows += _given_elsewhere(part.elsewhere)
            for other in section.elsewhere:
                rows += _given_elsewhere(other)
            if rows:
                by_session = groupby(rows, key=lambda row: row.about)
                groups = tuple((about, tuple(answers)) for about, answers in by_session)
                found.append((section.heading, groups))
        return tuple(found)

    def _section(self, section: FormSection) -> DrawnSection:
        others = {o.booked.code: o for o in section.elsewhere if o.booked is not None}
        return DrawnSection(
            section.code,
            section.heading.in_language(self.language),
            section.introduction.in_language(self.language),
            tuple(self._question(q, "") for q in section.questions),
            tuple(
                DrawnPart(
                    (title := part.session.title.in_language(self.language)),
                    part.session.speakers,
                    part.session.code,
                    tuple(self._question(q, title) for q in part.questions),
                    self._elsewhere(others[part.session.code])
                    if part.session.code in others
                    else None,
                )
                for part in section.parts
            ),
            tuple(self._elsewhere(o) for o in section.elsewhere if o.booked is None),
        )

    def _elsewhere(self, other: Elsewhere) -> DrawnElsewhere:
        round_title = other.round.title.in_language(self.language)
        label = (
            self._words.gettext("In welchem anderen Workshop waren Sie?")
            if other.booked
            else self._words.gettext("In welchem Workshop waren Sie?")
        )
        choice = DrawnQuestion(
            "radios",
            other.name,
            label,
            round_title,
            (),
            is_required=False,
            options=self._options(other.name),
            errors=self._errors(label, round_title, {other.name}),
        )
        chosen = next((o.label for o in choice.options if o.is_chosen and o.value), "")
        questions = tuple(self._question(q, chosen or round_title) for q in other.questions)
        return DrawnElsewhere(
            other.name,
            round_title,
            other.booked is not None,
            choice,
            questions,
            is_open=any(q.answer or q.errors for q in (choice, *questions)),
            chosen_title=chosen,
        )

    def _question(self, question: Question, about: str) -> DrawnQuestion:
        item = question.item
        label = item.wording.in_language(self.language)
        names = items.field_names(item, question.name)
        return DrawnQuestion(
            kind_of(item),
            question.name,
            label,
            about,
            self._hints(question),
            item.is_required,
            options=() if isinstance(item, items.TopThree) else self._options(question.name),
            controls=self._controls(question),
            errors=self._errors(label, about, {question.name, *names}),
        )

    def _options(self, name: str) -> tuple[Option, ...]:
        field = self._fields[name]
        if not hasattr(field, "iter_choices"):
            return ()
        return tuple(
            Option(
                name if place == 0 else "",
                choice.value,
                choice.label,
                bool(choice.selected) and choice.value != "",
                choice.value in APART or choice.value == "",
            )
            for place, choice in enumerate(field.iter_choices())
        )

    def _controls(self, question: Question) -> tuple[Control, ...]:
        item, name = question.item, question.name
        wrong = {p.place for p in self._problems}
        match item:
            case items.ShortText() | items.LongText():
                label = item.wording.in_language(self.language)
                return (Control(name, label, self._text(name), item.limit, is_wrong=name in wrong),)
            case items.MultipleChoice(other_label=None):
                return ()
            case items.MultipleChoice():
                label = self._words.gettext("Was meinen Sie mit „%(choice)s“?") % {
                    "choice": item.other_label.in_language(self.language)
                    if item.other_label
                    else ""
                }
                text = f"{name}-text"
                return (
                    Control(
                        text,
                        label,
                        self._text(text),
                        items.OTHER_TEXT_LIMIT,
                        is_wrong=text in wrong,
                    ),
                )
            case items.TopThree():
                return tuple(
                    Control(
                        part,
                        self._words.gettext("Platz %(place)d") % {"place": place},
                        options=tuple(
                            Option("", c.value, c.label, bool(c.selected))
                            for c in self._fields[part].iter_choices()
                        ),
                        is_wrong=part in wrong,
                    )
                    for place, part in enumerate(items.field_names(item, name), 1)
                )
            case _:
                return ()

    def _text(self, name: str) -> str:
        return str(self._fields[name].data or "")

    def _hints(self, question: Question) -> tuple[str, ...]:
        item = question.item
        own = (item.hint.in_language(self.language),) if item.hint else ()
        say = self._words.gettext
        match item:
            case items.Recommendation():
                ends = say("0 bedeutet: %(low)s. 10 bedeutet: %(high)s.") % {
                    "low": item.low.in_language(self.language),
                    "high": item.high.in_language(self.language),
                }
                return (*own, ends)
            case items.MultipleChoice():
                return (*own, say("Sie können mehrere Antworten auswählen."))
            case items.TopThree():
                return (*own, say("Wählen Sie bis zu drei. Das Wichtigste steht auf Platz 1."))
            case items.ShortText() | items.LongText():
                limit = say("Höchstens %(limit)s Zeichen. Bitte nennen Sie keine Namen.") % {
                    "limit": self._words.number(item.limit)
                }
                readers = (
                    (say("Wer das liest: %(readers)s.") % {"readers": self._text_readers},)
                    if self._text_readers
                    else ()
                )
                return (*own, limit, *readers, say("Ein Zitat kann im Bericht stehen."))
            case _:
                return own

    def _errors(self, label: str, about: str, places: set[str]) -> tuple[str, ...]:
        found = (self._sentence(label, about, p) for p in self._problems if p.place in places)
        return tuple(dict.fromkeys(found))

    def _sentence(self, label: str, about: str, problem: Problem) -> str:
        named = f"{about}: {label}" if about else label
        return f"{named} – {self._words.problem(problem)}"

    def _complaints(self) -> tuple[Complaint, ...]:
        questions = self.questions()
        found = [
            Complaint(first_control(questions[0]), self._words.problem(p))
            for p in self._problems
            if not p.place and questions
        ]
        for question in questions:
            anchors = {c.name for c in question.controls if c.is_wrong}
            anchor = min(anchors) if anchors else first_control(question)
            found += [Complaint(anchor, text) for text in question.errors]
        return tuple(dict.fromkeys(found))


_KINDS: dict[type, Kind] = {
    items.RatingScale: "scale",
    items.Recommendation: "numbers",
    items.SingleChoice: "radios",
    items.YesNo: "radios",
    items.MultipleChoice: "checkboxes",
    items.TopThree: "top_three",
    items.ShortText: "short_text",
    items.LongText: "long_text",
}


def kind_of(item: items.Item) -> Kind:
    """Which macro draws the item."""
    return _KINDS[type(item)]


def repeatable_names(form: PersonalForm) -> frozenset[str]:
    """Field names that may come several times: those of multiple choices, and whatever is passed over anyway."""
    ticked = (q.name for q in form.questions() if isinstance(q.item, items.MultipleChoice))
    return frozenset(ticked) | form.passed_over


def _given_elsewhere(other: DrawnElsewhere | None) -> list[Given]:
    if other is None or not other.is_open:
        return []
    choice = other.choice
    rows = [Given(choice.name, other.round_title, choice.label, choice.answer)]
    rows += [Given(q.name, other.chosen_title, q.label, q.answer) for q in other.questions]
    return [row for row in rows if row.answer]


def carried(
    typed: Mapping[str, Sequence[str]], *, without: Iterable[str] = ()
) -> tuple[tuple[str, str], ...]:
    """Name and value of every hidden input that carries what was typed along; empty ones are left out."""
    left_out = set(without)
    return tuple(
        (name, value)
        for name, values in typed.items()
        if name not in left_out
        for value in values
        if value
    )
