"""What a speaker sees of their session: by a link that expires, without signing in, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import sharing
from survey.errors import LinkForged, LinkUnknown, NotFound
from survey.language.catalogue import catalogue
from survey.web.drawing import draw, page_reply

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response

    from survey.language.wording import Language
    from survey.web.site import Visit


def show_shared(visit: Visit) -> Response:
    """The session's results; a plain page where the link is not ours, was withdrawn or has expired."""
    from exports.summary_view import session_view  # noqa: PLC0415 -- most requests draw no chart

    language = visit.language
    try:
        shared = sharing.open_share(visit.inst, visit.token)
    except (LinkForged, LinkUnknown, NotFound) as error:
        status = 404 if isinstance(error, LinkForged) else 410
        html = draw(visit.site.style, "shared/gone.html", language=language, edition=None)
        return page_reply(html, status, language=language)
    html = draw(
        visit.site.style,
        "shared/session.html",
        language=language,
        edition=shared.record.edition,
        shown=session_view(shared.summary, shared.session, language),
        expires=_day(visit, shared.expires, language),
    )
    return page_reply(html, language=language)


def _day(visit: Visit, moment: datetime, language: Language) -> str:
    return catalogue(language).moment(moment, visit.inst.settings.zone)
