"""The composition root of the pages: an installation becomes one Starlette application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware

from survey.rendering import TEMPLATES
from survey.web.error_pages import handlers, unexpected_page
from survey.web.page_guards import PageGuards, guard_headers
from survey.web.participant.kept_form import KeptForms
from survey.web.routes import routes_as_needed
from survey.web.site import Site
from survey.web.style import read_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute

    from survey.installation import Installation


def make_application(inst: Installation, *, more_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Every page of the installation; `more_routes` come first (a demonstration's own start page)."""
    style = read_style(TEMPLATES)
    headers = guard_headers(style, base_url=inst.settings.base_url)
    site = Site(inst, style)
    application = Starlette(
        routes=routes_as_needed(style, more=more_routes),
        middleware=[Middleware(PageGuards, headers=headers, unexpected=unexpected_page)],
        exception_handlers=handlers(),
    )
    # An address with a slash too many is a 404, never a redirect built from the Host header.
    application.router.redirect_slashes = False
    application.state.site = site
    # Before everything else that is asked of a request, the framework's own part too.
    application.middleware_stack = KeptForms(
        application.build_middleware_stack(), site=site, headers=dict(headers), but_not=more_routes
    )
    return application
