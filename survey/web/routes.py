"""The site map: every address of the service, by audience."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from survey.web.api.routes import interface_routes
from survey.web.logo import logo_route
from survey.web.participant.routes import participant_routes, start_route
from survey.web.workplace_routes import WorkplaceRoutes, workplace_routes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from survey.web.style import Style


def routes(style: Style, *, more: Sequence[BaseRoute] = ()) -> list[BaseRoute]:
    """All routes; `more` come first, so that a demonstration can bring its own start page."""
    return [*more, *_pages(), *workplace_routes(), *_files(style)]


def routes_as_needed(style: Style, *, more: Sequence[BaseRoute] = ()) -> list[BaseRoute]:
    """The same, of the workplace only once somebody comes to work."""
    return [*more, *_pages(), WorkplaceRoutes(), *_files(style)]


@cache
def _pages() -> tuple[BaseRoute, ...]:
    """Every page: none remembers anything between requests, so that their patterns are compiled once a process."""
    return (start_route(), *participant_routes(), logo_route(), *interface_routes())


def _files(style: Style) -> tuple[BaseRoute, ...]:
    return (
        _kept_for_ever(style.script_address, style.script, "text/javascript"),
        _kept_for_ever(style.workplace_address, style.workplace_sheet, "text/css"),
        _kept_for_ever(style.results_address, style.results_sheet, "text/css"),
    )


def _kept_for_ever(address: str, content: bytes, kind: str) -> Route:
    async def file(_: Request) -> Response:
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(content, 200, headers, media_type=kind)

    return Route(address, file, methods=["GET"])
