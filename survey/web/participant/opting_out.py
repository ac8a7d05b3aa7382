"""No more mails: a page with a button, and the one click of RFC 8058, without cookie or redirect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import inviting
from survey.web.drawing import draw, page_reply

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.site import Visit


def ask(visit: Visit) -> Response:
    """GET changes nothing."""
    visit.inst.links.read_opt_out_token(visit.token)
    return _page(visit, "participant/opt_out.html")


def opt_out(visit: Visit) -> Response:
    """Opts the person out; again is the same."""
    inviting.opt_out(visit.inst, visit.token)
    return _page(visit, "participant/opted_out.html")


def _page(visit: Visit, template: str) -> Response:
    html = draw(visit.site.style, template, language=visit.language, edition=None)
    return page_reply(html, language=visit.language)
