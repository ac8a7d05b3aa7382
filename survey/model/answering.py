"""What may be kept of what was sent: reading a form's fields, and the law again at the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import AnswerRefused, Problem, problem
from survey.model import items
from survey.model.items import NO_ANSWER, NOT_ATTENDED, Answer
from survey.model.personal_form import BETWEEN, asked_given, question_of
from survey.model.response import Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.model.event import Edition
    from survey.model.personal_form import PersonalForm, Question
    from survey.model.questionnaire import Section


def read_response(form: PersonalForm, fields: Mapping[str, Sequence[str]]) -> Response:
    """What was sent (the page's own fields removed), if the law allows it; else AnswerRefused with every problem.

    Sections whose condition is not met count for nothing.
    """
    form = asked_given(form, fields)
    problems: list[Problem] = []
    answers: dict[str, Answer] = {}
    chosen = _chosen_elsewhere(form, fields, problems)
    for question in form.questions():
        answer = items.read(question.item, question.name, fields)
        if answer is None:
            if question.item.is_required and not question.is_about_elsewhere:
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
    if not form.known_fields().issuperset(fields):
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
        if question.name in response.answers and not question.is_about_elsewhere:
            fields.update(_fields(question, response.answers[question.name]))
    return fields


def could_have_sent(edition: Edition, response: Response) -> tuple[Problem, ...]:
    """What breaks the law at the count, when nobody knows who booked what; empty if it may be tallied."""
    problems: list[Problem] = []
    present: dict[str, set[str]] = {}
    for key, answer in response.answers.items():
        session_code, _, code = key.rpartition(BETWEEN)
        question = question_of(edition, session_code, code)
        if question is None:
            problems.append(problem("Unbekannte Frage.", place=key))
            continue
        problems.extend(wrong_answer(question, answer, key))
        round_ = question.session.round if question.session else None
        if round_ and answer != Answer((NOT_ATTENDED,)):
            present.setdefault(round_, set()).add(session_code)
    problems.extend(_answered_unasked(edition, response))
    problems.extend(
        problem("Zwei Workshops in einer Runde.", place=round_)
        for round_, codes in present.items()
        if len(codes) > 1
    )
    return tuple(problems)


def wrong_answer(question: Question, answer: Answer, key: str) -> tuple[Problem, ...]:
    """Everything wrong with one answer by itself."""
    return items.check(question.item, answer, place=key, may_be_absent=question.may_be_absent)


def is_unasked(section: Section, given: Sequence[str]) -> bool:
    """True if the section is asked on a condition that the choices given at its question do not meet."""
    condition = section.condition
    return condition is not None and not set(condition.choices) & set(given)


def _answered_unasked(edition: Edition, response: Response) -> list[Problem]:
    found: list[Problem] = []
    for section in edition.questionnaire.sections:
        condition = section.condition
        if condition is None:
            continue
        given = response.answers.get(condition.item, Answer())
        if is_unasked(section, given.choices):
            found += [
                problem("Diese Frage wurde nicht gestellt.", place=item.code)
                for item in section.items
                if item.code in response.answers
            ]
    return found


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
    if not question.is_about_elsewhere:
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
