"""“Später weitermachen”: a draft, and the link that is shown once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.question_steps import first_open, steps
from survey import collecting
from survey.errors import AnswerRefused
from survey.web.drawing import draw, in_language, page_reply
from survey.web.participant.form_pages import (
    NOT_STORED,
    UNAVAILABLE,
    UNPROCESSABLE,
    Answering,
    draw_form,
    later,
)
from survey.web.participant.introduction import closing
from survey.web.participant.other_link import answered_with_other_link

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.site import Visit


def keep_draft(visit: Visit, answering: Answering) -> Response:
    """Keep what was typed under a link that is shown once."""
    try:
        code = collecting.keep_draft(
            visit.inst, visit.token, answering.typed, resume_code=resume_code_of(visit)
        )
    except AnswerRefused as refused:
        return answering.echo(draw_form(answering, refused.problems), UNPROCESSABLE)
    except NOT_STORED as error:
        return later(answering.echo(draw_form(answering, trouble=error), UNAVAILABLE))
    return show_link(visit, answering, code)


def show_link(visit: Visit, answering: Answering, code: str) -> Response:
    """The link to continue."""
    address = f"{visit.inst.settings.base_url}/f/{visit.token}/weiter/{code}"
    return answering.echo(
        answering.draw(
            "participant/draft_kept.html",
            resume_address=in_language(address, visit.language),
            code=code,
            closes=closing(visit.site, answering.opened.record, visit.language),
        )
    )


def show_link_again(visit: Visit, answering: Answering, code: str) -> Response:
    """The link once more, in another language, since nobody else can show it; without its draft the form."""
    if collecting.open_draft(visit.inst, visit.token, code) is None:
        return answering.echo(draw_form(answering))
    return show_link(visit, answering, code)


def resume(visit: Visit) -> Response:
    """The form with a draft in it."""
    opened = collecting.open_form(visit.inst, visit.token)
    if opened.has_answered and not opened.answers_with_this_link:
        return answered_with_other_link(visit, opened)
    code = str(visit.request.path_params["code"])
    draft = collecting.open_draft(visit.inst, visit.token, code)
    if draft is None:
        html = draw(
            visit.site.style,
            "participant/draft_gone.html",
            language=visit.language,
            edition=opened.record.edition,
            form_address=in_language(f"/f/{visit.token}", visit.language),
        )
        return page_reply(html, 404, language=visit.language)
    answering = Answering(visit.site, opened, visit.language, draft)
    answering = replace(answering, step=first_open(steps(answering.form())).question.name)
    return answering.echo(draw_form(answering))


def resume_code_of(visit: Visit) -> str | None:
    """The code in the address, if the form was opened by a draft's link."""
    code = visit.request.path_params.get("code")
    return None if code is None else str(code)
