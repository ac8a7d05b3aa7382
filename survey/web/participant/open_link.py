"""The form behind an open link: for a room or a video chat, without a person's own link.

Each form carries a secret of its own, made when it is drawn: whoever sends it again changes what it sent. No address
holds that secret, so thanks are said in the very reply, and nothing of it stays in a browser's history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from forms.answer_form import repeatable_names
from survey import asking_openly
from survey.errors import AnswerRefused, LinkForged
from survey.model.answering import read_response
from survey.model.event import EditionState
from survey.web.drawing import in_language, same_for_all
from survey.web.page_guards import refuse_repeated
from survey.web.participant.answering import check, switch_language, turn, unavailable
from survey.web.participant.form_pages import (
    NOT_STORED,
    UNAVAILABLE,
    UNPROCESSABLE,
    Answering,
    draw_check,
    draw_form,
    draw_step,
    later,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.collecting import OpenForm
    from survey.web.site import Visit

NO_SECRET_YET = "geheimnis-dieses-bogens"  # noqa: S105 -- where the secret goes in a page that is kept
BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class AnsweringOpenly(Answering):
    """Somebody without a personal link answering."""

    secret: str = ""
    """Of this form."""

    def draw(self, template: str, **values: object) -> str:
        """The page as it is drawn without a personal link."""
        own = template.replace("participant/", "participant/open/", 1)
        return Answering.draw(self, own, secret=self.secret, **values)


def show(visit: Visit) -> Response:
    """The empty form with a fresh secret; GET changes nothing."""
    opened = asking_openly.open_form_for_everybody(visit.inst, visit.token)
    answering = AnsweringOpenly(visit.site, opened, visit.language, {}, secret=NO_SECRET_YET)
    record = opened.record
    key = (
        "open form",
        record.id,
        record.revision,
        record.closes,
        visit.language,
        visit.site.style.look,
    )
    # What is kept and shared has no secret in it; each reply gets its own.
    kept = visit.site.kept.page(key, lambda: draw_form(answering))
    fresh = asking_openly.fresh_secret(visit.inst)
    html = kept.plain.decode().replace(NO_SECRET_YET, fresh)
    return same_for_all(html, visit.request, language=visit.language)


def receive(visit: Visit) -> Response:
    """Whatever the form's buttons ask for."""
    secret = visit.own.get("secret", "")
    try:
        opened = asking_openly.open_sent_form_for_everybody(visit.inst, visit.token, secret)
    except NOT_STORED:
        return unavailable(visit)
    except LinkForged as error:
        raise HTTPException(BAD_REQUEST) from error
    if not secret:
        raise HTTPException(BAD_REQUEST)
    refuse_repeated(visit, repeatable_names(opened.form))
    answering = AnsweringOpenly(
        visit.site,
        opened,
        visit.language,
        visit.fields,
        visit.own.get("step", ""),
        is_change="change" in visit.own,
        shown=frozenset(visit.own.get("asked", "").split()),
        secret=secret,
    )
    if visit.own.get("language"):
        return _switch_language(visit, answering)
    if name := visit.own.get("edit"):
        return answering.echo(draw_step(replace(answering, is_change=True), (), name))
    return _act(visit, answering)


def _act(visit: Visit, answering: AnsweringOpenly) -> Response:
    match visit.own.get("action"):
        case "submit":
            return _submit(visit, answering)
        case "edit" | "again":
            return answering.echo(draw_form(answering))
        case "take_back":
            return answering.echo(_page(visit, answering, "participant/take_back.html"))
        case "take_back_now":
            return _take_back(visit, answering)
        case "keep":
            return answering.echo(_page(visit, answering, "participant/thanks.html"))
        case "next" | "back" as action:
            return turn(answering, answering.step, action)
        case _:
            return check(answering)


def _submit(visit: Visit, answering: AnsweringOpenly) -> Response:
    try:
        response = read_response(answering.opened.form, answering.typed)
        asking_openly.submit_openly(visit.inst, visit.token, answering.secret, response)
    except AnswerRefused as refused:
        return answering.echo(draw_form(answering, refused.problems), UNPROCESSABLE)
    except NOT_STORED as error:
        return later(answering.echo(draw_check(answering, trouble=error), UNAVAILABLE))
    return answering.echo(_page(visit, answering, "participant/thanks.html"))


def _take_back(visit: Visit, answering: AnsweringOpenly) -> Response:
    asking_openly.take_back_openly(visit.inst, visit.token, answering.secret)
    return answering.echo(_page(visit, answering, "participant/taken_back.html"))


def _switch_language(visit: Visit, answering: AnsweringOpenly) -> Response:
    match visit.own.get("page"):
        case "thanks" | "take_back" as page if answering.opened.has_answered:
            return answering.echo(_page(visit, answering, f"participant/{page}.html"))
        case _:
            return switch_language(visit, answering)


def _page(visit: Visit, answering: AnsweringOpenly, template: str) -> str:
    return answering.draw(
        template,
        is_open=_is_open(visit, answering.opened),
        form_address=in_language(f"/o/{visit.token}", visit.language),
    )


def _is_open(visit: Visit, opened: OpenForm) -> bool:
    return opened.record.state(visit.inst.clock()) is EditionState.OPEN
