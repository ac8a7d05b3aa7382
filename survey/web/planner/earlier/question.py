"""One question of another tool: whether it is asked like ours, and which of its answers is which of ours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.typed_number import typed_number
from survey.earlier.guessing import in_order
from survey.earlier.translating import question_problems
from survey.errors import NotFound, problem
from survey.model import items
from survey.model.foreign_survey import LEFT_OUT, OWN, Manner
from survey.model.items import NO_ANSWER
from survey.web.planner.earlier.held import (
    UNPROCESSABLE,
    Busy,
    busy_with,
    gone,
    keep,
    new_address,
)
from survey.web.planner.earlier.questions import answered_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.foreign_survey import MappedQuestion, TheirQuestion
    from survey.model.items import Item
    from survey.model.our_questions import OurQuestion
    from survey.web.workplace.desk import Desk

_YES = "y"


@dataclass(frozen=True, slots=True)
class Matched:
    """Their question with ours."""

    busy: Busy
    number: int
    question: TheirQuestion
    our: OurQuestion
    mapped: MappedQuestion


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One of their answers, with what it means here."""

    name: str
    label: str
    value: str
    """What the file has for it; empty where that is its label."""
    count: int
    chosen: str


def show_question(desk: Desk) -> Response:
    """Wording, scale and answers, as far as they are matched."""
    found = _matched(desk)
    return gone(desk) if found is None else _page(desk, found)


def match_answers(desk: Desk) -> Response:
    """What was chosen is kept; what is still missing is said."""
    found = _matched(desk)
    if found is None:
        return gone(desk)
    action = desk.own.get("action", "")
    if action == "split" and found.question.columns:
        survey = found.busy.chosen.survey.split(found.question.key)
        mapping = tuple(m for m in found.busy.chosen.mapping if m.theirs != found.question.key)
        keep(desk, found.busy, replace(found.busy.chosen, survey=survey, mapping=mapping))
        return desk.go(new_address(found.busy.series, "fragen"))
    numbers, wrong = _numbers(desk)
    mapped = _chosen(desk, found, numbers)
    if action in {"first", "last"}:
        mapped = in_order(found.question, found.our, mapped, best=action)
    found = replace(found, mapped=mapped)
    problems = (*wrong, *question_problems(found.question, found.our, mapped))
    if wrong or (problems and not action):
        return _page(desk, found, problems=problems)
    keep(desk, found.busy, found.busy.chosen.with_mapped(mapped))
    parts = ("fragen", str(found.number)) if action else ("fragen",)
    return desk.go(new_address(found.busy.series, *parts))


def _matched(desk: Desk) -> Matched | None:
    busy = busy_with(desk)
    if busy is None:
        return None
    number = typed_number(desk.part("number")) or 0
    questions = busy.chosen.survey.questions
    if not 1 <= number <= len(questions):
        raise NotFound("question", desk.part("number"))
    question = questions[number - 1]
    mapped = busy.chosen.mapped(question.key)
    our = next((o for o in busy.ours if mapped is not None and o.key == mapped.ours), None)
    if mapped is None or our is None:
        raise NotFound("question", desk.part("number"))
    return Matched(busy, number, question, our, mapped)


def _chosen(desk: Desk, found: Matched, numbers: dict[str, int | None]) -> MappedQuestion:
    def said(name: str, otherwise: str) -> str:
        return next(iter(desk.fields.get(name, ())), otherwise)

    has_same_scale = said("same_scale", "") == _YES
    allowed = {choice.code for choice in items.choices(found.our.item)} | {OWN, NO_ANSWER, LEFT_OUT}
    answers = []
    for at, answer in enumerate(found.question.answers):
        meaning = said(f"answer-{at}", "")
        meaning = meaning if meaning in allowed else ""
        if not has_same_scale and meaning not in {NO_ANSWER, LEFT_OUT}:
            meaning = OWN
        if meaning:
            answers.append((answer.value, meaning))
    if not has_same_scale and said("best_last", "") == _YES:
        answers.reverse()
    return replace(
        found.mapped,
        answers=tuple(answers),
        is_worded_alike=said("same_wording", "") == _YES,
        has_same_scale=has_same_scale,
        is_of_everybody=said("everybody", "") == _YES,
        answered=numbers["answered"],
        population=numbers["population"],
    )


def _numbers(desk: Desk) -> tuple[dict[str, int | None], tuple[Problem, ...]]:
    found: dict[str, int | None] = {}
    wrong = []
    for name in ("answered", "population"):
        typed = next(iter(desk.fields.get(name, ())), "").strip()
        found[name] = typed_number(typed)
        if typed and found[name] is None:
            wrong.append(problem("Geben Sie eine ganze Zahl ab 0 ein, oder nichts.", place=name))
    return found, tuple(wrong)


def _page(desk: Desk, found: Matched, *, problems: tuple[Problem, ...] = ()) -> Response:
    order = [value for value, _ in found.mapped.answers]
    own = [a.value for a in found.question.answers if a.value in order]
    return desk.draw(
        "workplace/earlier/question.html",
        status=UNPROCESSABLE if problems else 200,
        series=found.busy.series,
        question=found.question,
        answered=answered_of(found.question),
        our=found.our,
        wording=found.our.item.wording.in_language(desk.language),
        mapped=found.mapped,
        answers=[
            AnswerLine(
                f"answer-{at}",
                answer.label,
                answer.value if answer.value != answer.label else "",
                answer.count,
                found.mapped.meaning(answer.value),
            )
            for at, answer in enumerate(found.question.answers)
        ],
        options=_options(desk, found.our.item),
        is_rating=isinstance(found.our.item, items.RatingScale),
        is_best_last=not found.mapped.has_same_scale and len(own) > 1 and order != own,
        needs_answered=found.question.answered is None and found.question.manner is not Manner.ONE,
        typed={
            name: next(iter(desk.fields.get(name, ())), None) for name in ("answered", "population")
        },
        problems=problems,
        held=found.busy.held,
        here=new_address(found.busy.series),
    )


def _options(desk: Desk, item: Item) -> list[tuple[str, str]]:
    say = desk.words.gettext
    return [
        ("", say("Bitte wählen")),
        *((c.code, c.label.in_language(desk.language)) for c in items.choices(item)),
        (NO_ANSWER, say("Keine Angabe")),
        (LEFT_OUT, say("Zählt nicht mit: war nicht gefragt")),
        (OWN, say("Eigene Antwort, die wir nicht haben")),
    ]
