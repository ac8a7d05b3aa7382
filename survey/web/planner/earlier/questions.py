"""Which of another tool's questions is which of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.earlier.guessing import guess_answers
from survey.earlier.mappings import kept_mappings
from survey.earlier.translating import question_problems
from survey.model.foreign_survey import Manner, MappedQuestion
from survey.web.planner.earlier.held import (
    UNPROCESSABLE,
    Busy,
    busy_with,
    gone,
    keep,
    new_address,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.foreign_survey import TheirQuestion
    from survey.web.workplace.desk import Desk

_MOST_SHOWN_ANSWERS = 8
_MANY_PASSED = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One of their questions, with what it is here."""

    name: str
    """Name of its field."""
    text: str
    key: str
    """What the file calls it; empty where that is its text."""
    answered: int | None
    answers: tuple[str, ...]
    more: int
    """Answers that are not shown."""
    chosen: str
    """Key of ours; empty where it is not brought over."""
    address: str
    """Where its answers are matched; empty where there is nothing to match."""
    is_comparable: bool
    problems: tuple[Problem, ...]


def show_questions(desk: Desk) -> Response:
    """Each of their questions, with what it seems to be."""
    busy = busy_with(desk)
    return gone(desk) if busy is None else questions_page(desk, busy)


def choose_questions(desk: Desk) -> Response:
    """The questions are as chosen; what is chosen anew has its answers proposed anew."""
    busy = busy_with(desk)
    if busy is None:
        return gone(desk)
    ours = {our.key: our for our in busy.ours}
    chosen = busy.chosen
    for at, question in enumerate(busy.chosen.survey.questions):
        before = chosen.mapped(question.key)
        sent = next(iter(desk.fields.get(f"question-{at}", ())), before.ours if before else "")
        if sent == (before.ours if before else ""):
            continue
        our = ours.get(sent)
        if our is None:
            chosen = chosen.with_mapped(MappedQuestion(question.key, ""))
        else:
            is_complete = chosen.survey.has_structure
            chosen = chosen.with_mapped(guess_answers(question, our, is_complete=is_complete))
    keep(desk, busy, chosen)
    step = "pruefen" if desk.own.get("action") != "stay" else "fragen"
    return desk.go(new_address(busy.series, step))


def questions_page(
    desk: Desk, busy: Busy, *, problems: tuple[Problem, ...] = (), wrong: str = ""
) -> Response:
    """The page of all questions, with what is wrong with what was sent in the field `wrong`."""
    survey = busy.chosen.survey
    passed = survey.passed_over
    return desk.draw(
        "workplace/earlier/questions.html",
        status=UNPROCESSABLE if problems else 200,
        series=busy.series,
        survey=survey,
        lines=[_line(busy, at, question) for at, question in enumerate(survey.questions)],
        options=_options(desk, busy),
        passed=passed[:_MANY_PASSED],
        passed_more=max(0, len(passed) - _MANY_PASSED),
        kept=kept_mappings(desk.inst, desk.organisation.id),
        problems=problems,
        wrong=wrong,
        held=busy.held,
        here=new_address(busy.series),
    )


def answered_of(question: TheirQuestion) -> int | None:
    """How many answered, as far as the file says."""
    if question.answered is not None or question.manner in {Manner.SEVERAL, Manner.RANKED}:
        return question.answered
    return sum(answer.count for answer in question.answers)


def _line(busy: Busy, at: int, question: TheirQuestion) -> Line:
    mapped = busy.chosen.mapped(question.key)
    our = next((o for o in busy.ours if mapped is not None and o.key == mapped.ours), None)
    is_matched = mapped is not None and our is not None
    return Line(
        name=f"question-{at}",
        text=question.text,
        key=question.key if question.key != question.text else "",
        answered=answered_of(question),
        answers=tuple(a.label for a in question.answers[:_MOST_SHOWN_ANSWERS]),
        more=max(0, len(question.answers) - _MOST_SHOWN_ANSWERS),
        chosen=mapped.ours if mapped is not None and our is not None else "",
        address=new_address(busy.series, "fragen", str(at + 1)) if is_matched else "",
        is_comparable=bool(mapped and mapped.is_worded_alike and mapped.has_same_scale),
        problems=question_problems(question, our, mapped) if our and mapped else (),
    )


def _options(desk: Desk, busy: Busy) -> list[tuple[str, str]]:
    say, language = desk.words.gettext, desk.words.language
    found = [("", say("Nicht übernehmen"))]
    for our in busy.ours:
        text = our.item.wording.in_language(language)
        if "@" in our.key:
            text = say("%(question)s (wie bei: %(edition)s)") % {
                "question": text,
                "edition": our.edition,
            }
        found.append((our.key, text))
    return found
