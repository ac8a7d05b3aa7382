"""The form of exactly one person: which questions it has, how its fields are read, and what may be kept.

A person is known here only by the set of sessions booked, so the form has no byte about the person in it.

Field names: ``overall``; ``ws01--rating`` (a session's item); ``elsewhere--round1`` (the session of that
round the person went to instead) with ``elsewhere--round1--rating``. Item parts add ``-text``, ``-1`` ….
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.errors import AnswerRefused, Problem, problem
from survey.model import items
from survey.model.items import NO_ANSWER, NOT_ATTENDED, Answer, Item, RatingScale
from survey.model.response import Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from survey.language.wording import Wording
    from survey.model.event import Edition
    from survey.model.programme import Round, Session
    from survey.model.questionnaire import Section

BETWEEN = "--"
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Question:
    """One item as asked in one place of a form."""

    item: Item
    name: str
    """Its field name."""
    session: Session | None = None
    may_be_absent: bool = False
    """Offers "Nicht teilgenommen" as its last choice."""


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


@dataclass(frozen=True, slots=True)
class PersonalForm:
    """All sections, in order; sections without questions are left out."""

    sections: tuple[FormSection, ...]
    passed_over: frozenset[str] = frozenset()
    """Fields about cancelled sessions: pages drawn before may still send them, and nobody is held up by them."""

    def questions(self) -> tuple[Question, ...]:
        """Every question in reading order, those about sessions elsewhere included."""
        return tuple(
            question
            for section in self.sections
            for question in (
                *section.questions,
                *(q for part in section.parts for q in part.questions),
                *(q for other in section.elsewhere for q in other.questions),
            )
        )

    def elsewhere(self) -> tuple[Elsewhere, ...]:
        """Every choice of another session."""
        return tuple(other for section in self.sections for other in section.elsewhere)


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
        )
        for section in edition.questionnaire.sections
    )
    return PersonalForm(
        tuple(s for s in sections if s.questions or s.parts or s.elsewhere),
        frozenset(_fields_about_cancelled(edition)),
    )


def _fields_about_cancelled(edition: Edition) -> Iterator[str]:
    for session in (s for s in edition.programme.sessions if s.is_cancelled):
        for question in _questions_about(edition, session):
            yield from items.field_names(question.item, question.name)


def asked_sessions(edition: Edition, booked: frozenset[str]) -> frozenset[str]:
    """The part of a person's bookings that shapes the form: forms are alike where this is alike."""
    return frozenset(s.code for s in edition.programme.held_and_rated() if s.code in booked)


def read_response(form: PersonalForm, fields: Mapping[str, Sequence[str]]) -> Response:
    """What was sent (the page's own fields removed), if the law allows it; else AnswerRefused with every problem."""
    problems: list[Problem] = []
    answers: dict[str, Answer] = {}
    chosen = _chosen_elsewhere(form, fields, problems)
    for question in form.questions():
        answer = items.read(question.item, question.name, fields)
        if answer is None:
            if question.item.is_required and not _is_about_elsewhere(question):
                problems.append(problem("Bitte beantworten Sie diese Frage.", place=question.name))
            continue
        found = items.check(
            question.item, answer, place=question.name, may_be_absent=question.may_be_absent
        )
        problems.extend(found)
        key = _key(question, chosen)
        if key is None:
            problems.append(
                problem(
                    "Wählen Sie aus, in welchem Workshop Sie waren.",
                    place=BETWEEN.join(question.name.split(BETWEEN)[:2]),
                )
            )
        elif not found:
            answers[key] = answer
    _settle_attendance(form, chosen, answers, problems)
    if set(fields) - _known_fields(form):
        problems.append(
            problem(
                "Der Fragebogen hat sich inzwischen geändert. Bitte prüfen Sie Ihre Antworten noch einmal.",
                place="",
            )
        )
    if not answers and not problems:
        problems.append(
            problem(
                "Sie haben noch keine Frage beantwortet. Beantworten Sie mindestens eine.", place=""
            )
        )
    if problems:
        raise AnswerRefused(tuple(dict.fromkeys(problems)))
    return Response(answers)


def fields_of(form: PersonalForm, response: Response) -> dict[str, tuple[str, ...]]:
    """The form fields that would send this response: the inverse of `read_response`."""
    fields: dict[str, tuple[str, ...]] = {}
    for other in form.elsewhere():
        for session in other.sessions:
            told = [
                q
                for q in other.questions
                if f"{session.code}{BETWEEN}{q.item.code}" in response.answers
            ]
            if told:
                fields[other.name] = (session.code,)
                for q in told:
                    answer = response.answers[f"{session.code}{BETWEEN}{q.item.code}"]
                    fields.update(_fields(q, answer))
    for question in form.questions():
        if question.name in response.answers and not _is_about_elsewhere(question):
            fields.update(_fields(question, response.answers[question.name]))
    return fields


def _fields(question: Question, answer: Answer) -> dict[str, tuple[str, ...]]:
    match question.item:
        case items.TopThree():
            return {f"{question.name}-{n}": (c,) for n, c in enumerate(answer.choices, 1)}
        case items.MultipleChoice(other_label=None):
            return {question.name: answer.choices}
        case items.MultipleChoice():
            return {question.name: answer.choices, f"{question.name}-text": (answer.text,)}
        case items.ShortText() | items.LongText():
            return {question.name: (answer.text,)}
        case _:
            return {question.name: answer.choices}


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


def _is_about_elsewhere(question: Question) -> bool:
    return question.name.startswith(ELSEWHERE + BETWEEN)


def _chosen_elsewhere(
    form: PersonalForm, fields: Mapping[str, Sequence[str]], problems: list[Problem]
) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for other in form.elsewhere():
        values = [v for v in fields.get(other.name, ()) if v]
        if not values:
            continue
        if len(values) > 1 or values[0] not in {s.code for s in other.sessions}:
            problems.append(problem(items.NO_SUCH_CHOICE, place=other.name))
        else:
            chosen[other.name] = values[0]
    return chosen


def _key(question: Question, chosen: Mapping[str, str]) -> str | None:
    if not _is_about_elsewhere(question):
        return question.name
    session = chosen.get(BETWEEN.join(question.name.split(BETWEEN)[:2]))
    return None if session is None else f"{session}{BETWEEN}{question.item.code}"


def _settle_attendance(
    form: PersonalForm,
    chosen: Mapping[str, str],
    answers: dict[str, Answer],
    problems: list[Problem],
) -> None:
    """One session a round; who was elsewhere was not in the booked one; who was absent has rated nothing."""
    absent = Answer((NOT_ATTENDED,))
    for other in form.elsewhere():
        session = chosen.get(other.name)
        if session and not any(key.startswith(session + BETWEEN) for key in answers):
            answers[f"{session}{BETWEEN}{other.questions[0].item.code}"] = Answer((NO_ANSWER,))
    booked_elsewhere = {
        o.booked.code: o for o in form.elsewhere() if o.booked is not None and o.name in chosen
    }
    for part in (p for s in form.sections for p in s.parts):
        given = {q.name: answers[q.name] for q in part.questions if q.name in answers}
        marker = next((q.name for q in part.questions if q.may_be_absent), None)
        rated = [name for name, answer in given.items() if answer != absent]
        if part.session.code in booked_elsewhere:
            if rated:
                problems.append(
                    problem(
                        "Sie haben für diese Runde zwei Workshops bewertet. "
                        "Bewerten Sie nur den Workshop, in dem Sie waren.",
                        place=booked_elsewhere[part.session.code].name,
                    )
                )
            elif marker:
                answers[marker] = absent
        elif marker and answers.get(marker) == absent and rated:
            problems.append(
                problem(
                    "Sie haben „Nicht teilgenommen“ gewählt und hier trotzdem geantwortet. "
                    "Bitte ändern Sie eines davon.",
                    place=marker,
                )
            )


def _known_fields(form: PersonalForm) -> set[str]:
    names = {n for q in form.questions() for n in items.field_names(q.item, q.name)}
    return names | {o.name for o in form.elsewhere()} | form.passed_over


def could_have_sent(edition: Edition, response: Response) -> tuple[Problem, ...]:
    """What breaks the law at the count, when nobody knows who booked what; empty if it may be tallied."""
    problems: list[Problem] = []
    present: dict[str, set[str]] = {}
    for key, answer in response.answers.items():
        session_code, _, code = key.rpartition(BETWEEN)
        question = _question_of(edition, session_code, code)
        if question is None:
            problems.append(problem("Unbekannte Frage.", place=key))
            continue
        problems.extend(
            items.check(question.item, answer, place=key, may_be_absent=question.may_be_absent)
        )
        round_ = question.session.round if question.session else None
        if round_ and answer != Answer((NOT_ATTENDED,)):
            present.setdefault(round_, set()).add(session_code)
    problems.extend(
        problem("Zwei Workshops in einer Runde.", place=round_)
        for round_, codes in present.items()
        if len(codes) > 1
    )
    return tuple(problems)


def _question_of(edition: Edition, session_code: str, code: str) -> Question | None:
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
    told = {q.name: _largest_answer(q) for q in questions if not _is_about_elsewhere(q)}
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
