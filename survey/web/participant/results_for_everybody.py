"""The results of an edition for everybody, once its organisers have published them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.drawing import same_for_all

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.site import Visit


def results(visit: Visit) -> Response:
    """What everybody may read; NotFound before its moment."""
    from survey import publishing  # noqa: PLC0415 -- results come months after the forms
    from survey.web.public_results import draw_public_results  # noqa: PLC0415 -- as above

    found = publishing.public_result(visit.inst, str(visit.request.path_params["edition"]))
    html = draw_public_results(
        visit.site.style, found, visit.language, zone=visit.inst.settings.zone
    )
    reply = same_for_all(html, visit.request, language=visit.language)
    reply.headers["Cache-Control"] = "no-cache"
    return reply
