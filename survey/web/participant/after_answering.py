"""Thanks, and taking an answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from survey import collecting
from survey.model.event import EditionState
from survey.web.drawing import draw, in_language, page_reply
from survey.web.participant.introduction import closing
from survey.web.participant.other_link import answered_with_other_link

if TYPE_CHECKING:
    from survey.collecting import OpenForm
    from survey.web.site import Visit


def thanks(visit: Visit) -> Response:
    """Confirms what is stored; whoever has not answered gets the form."""
    opened = collecting.open_sent_form(visit.inst, visit.token)
    if opened.answers_with_this_link:
        return _page(visit, opened, "participant/thanks.html")
    return RedirectResponse(_form_address(visit), 303)


def ask_before_taking_back(visit: Visit) -> Response:
    """GET changes nothing: a page with the button."""
    opened = collecting.open_sent_form(visit.inst, visit.token)
    if opened.answers_with_this_link:
        return _page(visit, opened, "participant/take_back.html")
    return RedirectResponse(_form_address(visit), 303)


def take_back(visit: Visit) -> Response:
    """Deletes the stored answers of this link."""
    opened = collecting.open_sent_form(visit.inst, visit.token)
    if opened.has_answered and not opened.answers_with_this_link:
        return answered_with_other_link(visit, opened, status=409)
    if opened.has_answered:
        collecting.take_back(visit.inst, visit.token)
    return _page(visit, opened, "participant/taken_back.html")


def _page(visit: Visit, opened: OpenForm, template: str) -> Response:
    html = draw(
        visit.site.style,
        template,
        language=visit.language,
        edition=opened.record.edition,
        is_open=opened.record.state(visit.inst.clock()) is EditionState.OPEN,
        closes=closing(visit.site, opened.record, visit.language),
        form_address=_form_address(visit),
        take_back_address=in_language(f"/f/{visit.token}/zurueck", visit.language),
    )
    return page_reply(html, language=visit.language)


def _form_address(visit: Visit) -> str:
    return in_language(f"/f/{visit.token}", visit.language)
