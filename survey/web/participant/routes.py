"""Participants' pages, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from survey.web.page_guards import button, form_page, page
from survey.web.participant import (
    after_answering,
    answering,
    drafts,
    link_request,
    open_link,
    opting_out,
    reading,
    results_for_everybody,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.web.site import Visit

    PageFunction = Callable[[Visit], Response]


def participant_routes() -> list[Route]:
    """Every address a participant can come to."""
    return [
        *_form("/f/{token}", answering.show, answering.receive),
        *_page("/f/{token}/weiter/{code}", drafts.resume, answering.receive),
        *_page("/f/{token}/danke", after_answering.thanks),
        *_page(
            "/f/{token}/zurueck", after_answering.ask_before_taking_back, after_answering.take_back
        ),
        *_form("/o/{token}", open_link.show, open_link.receive),
        *_page("/link", link_request.ask, link_request.request),
        *_page("/abmelden/{token}", opting_out.ask),
        Route("/abmelden/{token}", button(opting_out.opt_out), methods=["POST"]),
        *_page("/hilfe", reading.help_page),
        *_page("/hilfe/{edition}", reading.help_page),
        *_page("/datenschutz", reading.privacy),
        *_page("/datenschutz/{edition}", reading.privacy),
        *_page("/versprechen", reading.promise),
        *_page("/versprechen/{edition}", reading.promise),
        *_page("/barrierefreiheit", reading.accessibility),
        *_page("/ergebnis/{edition}", results_for_everybody.results),
    ]


def start_route() -> Route:
    """The start page, unless an installation brings its own."""
    return Route("/", page(reading.start), methods=["GET"])


def _page(path: str, show: PageFunction, receive: PageFunction | None = None) -> list[Route]:
    routes = [Route(path, page(show), methods=["GET"])]
    if receive is not None:
        routes.append(Route(path, page(receive), methods=["POST"]))
    return routes


def _form(path: str, show: PageFunction, receive: PageFunction) -> list[Route]:
    return [
        Route(path, form_page(show), methods=["GET"]),
        Route(path, page(receive), methods=["POST"]),
    ]
