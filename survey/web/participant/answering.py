"""The form: shown, checked, sent, changed. Nothing is kept before "Absenden"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from forms.answer_form import carried, repeatable_names
from forms.question_steps import steps, without_leftovers
from survey import collecting
from survey.errors import AnswerRefused
from survey.model import items
from survey.model.answering import read_response
from survey.web.drawing import draw, echo_reply, in_language, kept_reply
from survey.web.kept_pages import without_blank_lines
from survey.web.page_guards import refuse_repeated
from survey.web.participant import drafts
from survey.web.participant.form_pages import (
    LONGEST_KNOWN,
    NOT_STORED,
    OK,
    UNAVAILABLE,
    UNPROCESSABLE,
    Answering,
    draw_check,
    draw_form,
    draw_step,
    later,
    step_called,
)
from survey.web.participant.kept_form import form_key
from survey.web.participant.other_link import answered_with_other_link

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.web.site import Visit


def show(visit: Visit) -> Response:
    """The empty form; GET changes nothing and holds no byte about the person."""
    opened = collecting.open_form(visit.inst, visit.token)
    if opened.has_answered and not opened.answers_with_this_link:
        return answered_with_other_link(visit, opened)
    answering = Answering(visit.site, opened, visit.language, {})
    key = form_key(opened.record, opened.booked, visit.site.style, language=visit.language)
    if opened.has_answered:
        key = ("answered", key)
    kept = visit.site.kept.page(key, lambda: without_blank_lines(draw_form(answering)))
    return kept_reply(kept, visit.request, language=visit.language)


def receive(visit: Visit) -> Response:
    """Whatever the form's buttons ask for."""
    try:
        opened = collecting.open_sent_form(visit.inst, visit.token)
    except NOT_STORED:
        return unavailable(visit)
    if opened.has_answered and not opened.answers_with_this_link:
        return answered_with_other_link(visit, opened, status=409)
    refuse_repeated(visit, repeatable_names(opened.form))
    step = visit.own.get("step", "")
    answering = Answering(
        visit.site,
        opened,
        visit.language,
        visit.fields,
        step,
        is_change="change" in visit.own,
        shown=frozenset(visit.own.get("asked", "").split()),
    )
    if visit.own.get("language"):
        return switch_language(visit, answering)
    if name := visit.own.get("edit"):
        return answering.echo(draw_step(replace(answering, is_change=True), (), name))
    match visit.own.get("action"):
        case "submit":
            return submit(visit, answering)
        case "draft":
            return drafts.keep_draft(visit, answering)
        case "edit":
            return answering.echo(draw_form(answering))
        case "take_back":
            address = f"/f/{visit.token}/zurueck"
            return RedirectResponse(in_language(address, visit.language), 303)
        case "next" | "back" as action:
            return turn(answering, step, action)
        case _:
            return check(answering)


def check(answering: Answering) -> Response:
    """The check page, or the form with its error summary."""
    try:
        read_response(answering.opened.form, answering.typed)
    except AnswerRefused as refused:
        return answering.echo(draw_form(answering, refused.problems), UNPROCESSABLE)
    if answering.newly_asked and answering.language != "easy":
        return answering.echo(draw_form(answering))
    return answering.echo(draw_check(answering))


def submit(visit: Visit, answering: Answering) -> Response:
    """Seal the answers; only then thanks. What cannot be kept stays in the page."""
    try:
        response = read_response(answering.opened.form, answering.typed)
        collecting.submit(
            visit.inst,
            visit.token,
            response,
            resume_code=drafts.resume_code_of(visit),
            opened=answering.opened,
        )
    except AnswerRefused as refused:
        return answering.echo(draw_form(answering, refused.problems), UNPROCESSABLE)
    except NOT_STORED as error:
        return later(answering.echo(draw_check(answering, trouble=error), UNAVAILABLE))
    return RedirectResponse(in_language(f"/f/{visit.token}/danke", visit.language), 303)


def switch_language(visit: Visit, answering: Answering) -> Response:
    """The same page in another language, nothing lost."""
    match visit.own.get("page"):
        case "check":
            return answering.echo(draw_check(answering))
        case "draft":
            return drafts.show_link_again(visit, answering, visit.own.get("code", ""))
        case "refused":
            problems = _problems(answering)
            status = UNPROCESSABLE if problems else OK
            return answering.echo(draw_form(answering, problems), status)
        case _:
            return answering.echo(draw_form(answering))


def turn(answering: Answering, name: str, action: str) -> Response:
    """The next question or the one before; a refused answer keeps its page."""
    answering = replace(answering, typed=without_leftovers(answering.opened.form, answering.typed))
    if action == "next":
        here = step_called(answering.form(), name)
        problems = tuple(p for p in _problems(answering) if p.place in here.names)
        if problems:
            return answering.echo(draw_step(answering, problems, name), UNPROCESSABLE)
        if here.place == here.number:
            return check(answering)
    if answering.is_change:
        if opened := _opened_by(answering, name):
            return answering.echo(draw_step(replace(answering, is_change=False), (), opened))
        return check(replace(answering, is_change=False))
    all_steps = steps(answering.form())
    here = step_called(answering.form(), name)
    there = here.place - 1 + (1 if action == "next" else -1)
    return answering.echo(draw_step(answering, (), all_steps[max(0, there)].question.name))


def _opened_by(answering: Answering, name: str) -> str:
    """The first question of a section that this answer opens and that nothing was typed into; empty if none."""
    for section in answering.asked.sections:
        names = [n for q in section.questions for n in items.field_names(q.item, q.name)]
        if (
            section.condition is not None
            and section.condition.item == name
            and not any(answering.typed.get(n) for n in names)
        ):
            return section.questions[0].name
    return ""


def unavailable(visit: Visit) -> Response:
    """503 before the form is known: everything typed stays in the page."""
    own = {f"_{name}": (value,) for name, value in visit.own.items() if name != "language"}
    html = draw(
        visit.site.style,
        "errors/unavailable_with_answers.html",
        language=visit.language,
        edition=None,
        carried=carried(own | dict(visit.fields) | {"_spoken": (visit.language,)}),
        texts=tuple(v for values in visit.fields.values() for v in values if " " in v.strip()),
    )
    return later(echo_reply(html, LONGEST_KNOWN, UNAVAILABLE, language=visit.language))


def _problems(answering: Answering) -> tuple[Problem, ...]:
    try:
        read_response(answering.opened.form, answering.typed)
    except AnswerRefused as refused:
        return refused.problems
    return ()
