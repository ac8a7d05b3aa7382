"""The form of exactly one person: which questions it has, and how large its answers can grow.

A person is known here only by the set of sessions booked, so the form has no byte about the person in it.

Field names: ``overall``; ``ws01--rating`` (a session's item); ``elsewhere--round1`` (the session of that
round the person went to instead) with ``elsewhere--round1--rating``. Item parts add ``-text``, ``-1`` ….
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from survey.model import items
from survey.model.items import NOT_ATTENDED, Answer, Item, RatingScale
from survey.model.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from survey.language.wording import Wording
    from survey.model.event import Edition
    from survey.model.programme import Round, Session
    from survey.model.questionnaire import Condition, Section

BETWEEN = "--"
ELSEWHERE = "elsewhere"
_ABOUT_ELSEWHERE = f"{ELSEWHERE}{BETWEEN}"


@dataclass(frozen=True, slots=True)
class Question:
    """One item as asked in one place of a form."""

    item: Item
    name: str
    """Its field name."""
    session: Session | None = None
    may_be_absent: bool = False
    """Offers "Nicht teilgenommen" as its last choice."""

    @property
    def is_about_elsewhere(self) -> bool:
        """True if it is asked about the session a person went to instead."""
        return self.name.startswith(_ABOUT_ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What "Ich war in einem anderen Workshop" opens: the other sessions of a round, of which one can be rated."""

    round: Round
    name: str
    """Field name of the choice of session."""
    sessions: tuple[Session, ...]
    questions: tuple[Question, ...]
    """Asked once for the chosen session; `session` is None until it is chosen."""
    booked: Session | None
    """The session of this round that was booked, if any."""


@dataclass(frozen=True, slots=True)
class SessionPart:
    """The questions about one session."""

    session: Session
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section as this person sees it: either plain questions, or parts for sessions (booked ones first)."""

    code: str
    heading: Wording
    introduction: Wording
    questions: tuple[Question, ...] = ()
    parts: tuple[SessionPart, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class PersonalForm:
    """All sections, in order; sections without questions are left out."""

    sections: tuple[FormSection, ...]
    passed_over: frozenset[str] = frozenset()
    """Fields that may be sent and count for nothing: of cancelled sessions, and of sections that are not asked."""
    # Asked for again and again whenever somebody sends something, so they are gathered once.
    _questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    _elsewhere: tuple[Elsewhere, ...] = field(init=False, repr=False, compare=False)
    _known: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather what the sections hold."""
        questions = tuple(
            question
            for section in self.sections
            for question in (
                *section.questions,
                *(q for part in section.parts for q in part.questions),
                *(q for other in section.elsewhere for q in other.questions),
            )
        )
        elsewhere = tuple(other for section in self.sections for other in section.elsewhere)
        names = {n for q in questions for n in items.field_names(q.item, q.name)}
        object.__setattr__(self, "_questions", questions)
        object.__setattr__(self, "_elsewhere", elsewhere)
        object.__setattr__(
            self, "_known", frozenset(names | {o.name for o in elsewhere}) | self.passed_over
        )

    def questions(self) -> tuple[Question, ...]:
        """Every question in reading order, those about sessions elsewhere included."""
        return self._questions

    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """Every choice of another session."""
        return self._elsewhere

    def known_fields(self) -> frozenset[str]:
        """Every field that may be sent."""
        return self._known


def personal_form(edition: Edition, booked: frozenset[str]) -> PersonalForm:
    """The form for a person who booked these sessions; cancelled and unrated sessions are not asked about."""
    sections = (
        _session_section(edition, section, booked)
        if section.for_each
        else FormSection(
            section.code,
            section.heading,
            section.introduction,
            tuple(Question(item, item.code) for item in section.items),
            condition=section.condition,
        )
        for section in edition.questionnaire.sections
    )
    return PersonalForm(
        tuple(s for s in sections if s.questions or s.parts or s.elsewhere),
        frozenset(_fields_about_cancelled(edition)),
    )


def asked_given(form: PersonalForm, fields: Mapping[str, Sequence[str]]) -> PersonalForm:
    """The part of the form that is asked of somebody who has answered this so far.

    What was typed into other sections counts for nothing and holds nobody up.
    """
    asked: list[FormSection] = []
    left_out: set[str] = set()
    for section in form.sections:
        condition = section.condition
        # A question that is not asked itself cannot open another section.
        if condition is None or (
            condition.item not in left_out
            and set(condition.choices) & set(fields.get(condition.item, ()))
        ):
            asked.append(section)
        else:
            left_out |= {n for q in section.questions for n in items.field_names(q.item, q.name)}
    if not left_out:
        return form
    return PersonalForm(tuple(asked), form.passed_over | left_out)


def _fields_about_cancelled(edition: Edition) -> Iterator[str]:
    for session in (s for s in edition.programme.sessions if s.is_cancelled):
        for question in _questions_about(edition, session):
            yield from items.field_names(question.item, question.name)


def asked_sessions(edition: Edition, booked: frozenset[str]) -> frozenset[str]:
    """The part of a person's bookings that shapes the form: forms are alike where this is alike."""
    return frozenset(s.code for s in edition.programme.held_and_rated() if s.code in booked)


def _session_section(edition: Edition, section: Section, booked: frozenset[str]) -> FormSection:
    programme = edition.programme
    asked = [s for s in programme.held_and_rated() if s.kind in section.for_each]
    own = [s for s in asked if s.code in booked] + [s for s in asked if not s.is_booked]
    elsewhere = []
    for round_ in programme.rounds:
        sessions = tuple(s for s in asked if s.round == round_.code)
        own_session = next((s for s in sessions if s.code in booked), None)
        others = tuple(s for s in sessions if s is not own_session)
        if others:
            name = f"{ELSEWHERE}{BETWEEN}{round_.code}"
            questions = tuple(Question(i, f"{name}{BETWEEN}{i.code}") for i in section.items)
            elsewhere.append(Elsewhere(round_, name, others, questions, own_session))
    return FormSection(
        section.code,
        section.heading,
        section.introduction,
        parts=tuple(SessionPart(s, _session_questions(s, section)) for s in own),
        elsewhere=tuple(elsewhere),
    )


def _session_questions(session: Session, section: Section) -> tuple[Question, ...]:
    first_rating = next((i.code for i in section.items if isinstance(i, RatingScale)), None)
    return tuple(
        Question(i, f"{session.code}{BETWEEN}{i.code}", session, i.code == first_rating)
        for i in section.items
    )


def question_of(edition: Edition, session_code: str, code: str) -> Question | None:
    """The question about that session, or the general one without a session; None if it is not asked."""
    if not session_code:
        item = next((i for i in edition.questionnaire.general_items() if i.code == code), None)
        return None if item is None else Question(item, code)
    session = next((s for s in edition.programme.sessions if s.code == session_code), None)
    if session is None or not session.is_rated:
        return None  # a session cancelled later keeps what was said; the count leaves it out
    for section in edition.questionnaire.sections:
        if session.kind in section.for_each:
            for question in _session_questions(session, section):
                if question.item.code == code:
                    return question
    return None


def largest_response(edition: Edition) -> int:
    """Bytes of the largest valid response of the edition, encoded; its box must hold it."""
    everybody = _bytes_of(personal_form(edition, frozenset()).questions())
    # In each round a person tells of one session, and may have been absent from the one booked.
    return everybody + sum(
        max((_bytes_of(_questions_about(edition, s)) for s in held), default=0)
        + max((_bytes_of_absence(edition, s) for s in held), default=0)
        for held in (edition.programme.of_round(r.code) for r in edition.programme.rounds)
    )


def _questions_about(edition: Edition, session: Session) -> tuple[Question, ...]:
    return tuple(
        question
        for section in edition.questionnaire.sections
        if session.kind in section.for_each
        for question in _session_questions(session, section)
    )


def _bytes_of(questions: Sequence[Question]) -> int:
    told = {q.name: _largest_answer(q) for q in questions if not q.is_about_elsewhere}
    return len(Response(told).encode())


def _bytes_of_absence(edition: Edition, session: Session) -> int:
    markers = [q for q in _questions_about(edition, session) if q.may_be_absent]
    return len(Response({q.name: Answer((NOT_ATTENDED,)) for q in markers}).encode())


def _largest_answer(question: Question) -> Answer:
    codes = [c.code for c in items.choices(question.item)]
    text = "\U0001f600" * items.text_limit(question.item)
    match question.item:
        case items.MultipleChoice():
            return Answer(tuple(codes), text)
        case items.TopThree():
            return Answer(tuple(sorted(codes, key=len)[-3:]))
        case _:
            longest = max((*codes, items.NO_ANSWER, items.NOT_ATTENDED), key=len)
            return replace(Answer((longest,) if codes else ()), text=text)
