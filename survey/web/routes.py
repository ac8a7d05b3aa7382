"""The site map: every address of the service, by audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from survey.web.participant.routes import participant_routes, start_route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from survey.web.style import Style


def routes(style: Style, *, more: Sequence[BaseRoute] = ()) -> list[BaseRoute]:
    """All routes; `more` come first, so that a demonstration can bring its own start page."""
    return [
        *more,
        start_route(),
        *participant_routes(),
        _script(style),
    ]


def _script(style: Style) -> Route:
    async def script(_: Request) -> Response:
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(style.script, 200, headers, media_type="text/javascript")

    return Route(style.script_address, script, methods=["GET"])
