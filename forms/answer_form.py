"""The answer form as it is drawn: the first page, the refused answer and the check page come from the same fields.

What may be kept is decided by `survey.model.personal_form` alone; the WTForms fields here only hold what
was typed and which options exist, so that a page never loses anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, assert_never

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm

from survey.errors import Problem
from survey.language.catalogue import Catalogue, catalogue
from survey.model import items
from survey.model.items import NO_ANSWER, NOT_ATTENDED, OTHER
from survey.model.personal_form import Elsewhere, FormSection, PersonalForm, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.language.wording import Language
    from survey.model.event import Session

Kind = Literal["scale", "numbers", "radios", "checkboxes", "top_three", "short_text", "long_text"]
"""One macro of templates/components/questions.html each."""
APART = frozenset({NO_ANSWER, NOT_ATTENDED})
"""Options that stand apart from the others: they are no judgement."""


@dataclass(frozen=True, slots=True)
class Option:
    """One radio, checkbox or entry of a list."""

    id: str
    value: str
    label: str
    is_chosen: bool
    stands_apart: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """One text field or list of a question."""

    name: str
    label: str
    value: str = ""
    limit: int = 0
    options: tuple[Option, ...] = ()
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """One question with what was typed and what is wrong with it."""

    kind: Kind
    name: str
    label: str
    about: str
    """Title of the session it is about, for those who hear the question alone; empty for general ones."""
    hints: tuple[str, ...]
    is_required: bool
    options: tuple[Option, ...] = ()
    controls: tuple[Control, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def described_by(self) -> str:
        """Ids of hint and error, as far as there are any."""
        hint = [f"{self.name}-hint"] if self.hints else []
        error = [f"{self.name}-error"] if self.errors else []
        return " ".join(hint + error)

    @property
    def answer(self) -> tuple[str, ...]:
        """What was chosen or typed, readably; empty if untouched."""
        texts = [c.value for c in self.controls if c.value and not c.options]
        if self.kind == "checkboxes" and texts:
            other = [o.label for o in self.options if o.value == OTHER]
            chosen = [o.label for o in self.options if o.is_chosen and o.value != OTHER]
            return (*chosen, f"{other[0]}: {texts[0]}")
        ranked = [o.label for c in self.controls for o in c.options if o.is_chosen and o.value]
        chosen = [o.label for o in self.options if o.is_chosen and o.value]
        return (*chosen, *ranked, *texts)


@dataclass(frozen=True, slots=True)
class DrawnElsewhere:
    """ "Ich war in einem anderen Workshop": a choice of session and one set of questions."""

    name: str
    round_title: str
    has_booking: bool
    choice: DrawnQuestion
    questions: tuple[DrawnQuestion, ...]
    is_open: bool
    chosen_title: str


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """The questions about one session, and the way to another session of its round."""

    title: str
    speakers: tuple[str, ...]
    code: str
    questions: tuple[DrawnQuestion, ...]
    elsewhere: DrawnElsewhere | None


@dataclass(frozen=True, slots=True)
class DrawnSection:
    """One headed stretch of the page."""

    code: str
    heading: str
    introduction: str
    questions: tuple[DrawnQuestion, ...]
    parts: tuple[DrawnPart, ...]
    elsewhere: tuple[DrawnElsewhere, ...]
    """Rounds for which nothing was booked."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the error summary: where it leads, and the same sentence as at the question."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """One answered question on the check page."""

    about: str
    label: str
    answer: tuple[str, ...]


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
        self._fields = _fields(form, language, self._words)
        self._fields.process(_Typed(typed))
        self.sections = tuple(self._section(section) for section in form.sections)
        self.has_required = any(q.item.is_required for q in form.questions())
        self.complaints = self._complaints()

    def questions(self) -> tuple[DrawnQuestion, ...]:
        """Every question in reading order, the choice of another session before its questions."""
        return tuple(q for section in self.sections for q in questions_of(section))

    def given(self) -> tuple[tuple[str, tuple[tuple[str, tuple[Given, ...]], ...]], ...]:
        """What was answered, by section heading and session title, for reading through before it is sent."""
        found = []
        for section in self.sections:
            rows = [Given("", q.label, q.answer) for q in section.questions if q.answer]
            for part in section.parts:
                rows += [Given(part.title, q.label, q.answer) for q in part.questions if q.answer]
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
                name if place == 0 else f"{name}.{choice.value or 'none'}",
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
                    (say("Das liest: %(readers)s.") % {"readers": self._text_readers},)
                    if self._text_readers
                    else ()
                )
                return (*own, limit, *readers)
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


def kind_of(item: items.Item) -> Kind:
    """Which macro draws the item."""
    match item:
        case items.RatingScale():
            return "scale"
        case items.Recommendation():
            return "numbers"
        case items.SingleChoice() | items.YesNo():
            return "radios"
        case items.MultipleChoice():
            return "checkboxes"
        case items.TopThree():
            return "top_three"
        case items.ShortText():
            return "short_text"
        case items.LongText():
            return "long_text"
        case _:
            assert_never(item)


def first_control(question: DrawnQuestion) -> str:
    """Id of the first thing of the question that takes the focus."""
    return question.options[0].id if question.options else question.controls[0].name


def questions_of(section: DrawnSection) -> tuple[DrawnQuestion, ...]:
    """The section's questions in reading order."""
    found = [*section.questions]
    for part in section.parts:
        found += part.questions
        if part.elsewhere:
            found += [part.elsewhere.choice, *part.elsewhere.questions]
    for other in section.elsewhere:
        found += [other.choice, *other.questions]
    return tuple(found)


def repeatable_names(form: PersonalForm) -> frozenset[str]:
    """Field names that may come several times: those of multiple choices."""
    return frozenset(q.name for q in form.questions() if isinstance(q.item, items.MultipleChoice))


def minutes(form: PersonalForm) -> int:
    """How long the form takes, in whole minutes: most questions take seconds, texts longer; others' sessions are not counted."""
    seconds = sum(
        25 if items.shape(q.item) is items.Shape.TEXTS else 8
        for section in form.sections
        for q in (*section.questions, *(q for part in section.parts for q in part.questions))
    )
    return max(2, -(-seconds // 60))


def _given_elsewhere(other: DrawnElsewhere | None) -> list[Given]:
    if other is None or not other.is_open:
        return []
    rows = [Given(other.round_title, other.choice.label, other.choice.answer)]
    rows += [Given(other.chosen_title, q.label, q.answer) for q in other.questions]
    return [row for row in rows if row.answer]


class _Typed:
    """What WTForms wants of form data."""

    def __init__(self, typed: Mapping[str, Sequence[str]]) -> None:
        self._typed = typed

    def __contains__(self, name: str) -> bool:
        return name in self._typed

    def __iter__(self) -> Any:  # noqa: ANN401 -- an iterator of names, as WTForms asks for
        return iter(self._typed)

    def __len__(self) -> int:
        return len(self._typed)

    def getlist(self, name: str) -> list[str]:
        return list(self._typed.get(name, ()))


def _fields(form: PersonalForm, language: Language, words: Catalogue) -> Any:  # noqa: ANN401 -- WTForms has no types
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
