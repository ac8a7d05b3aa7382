"""The composition root: settings, storage, keys and pages become one Starlette application."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware

from survey.access.links import LinkSigner
from survey.installation import Installation
from survey.rendering import TEMPLATES
from survey.storage.connection import Database
from survey.urn.keys import KeyRing
from survey.web.error_pages import handlers, unexpected_page
from survey.web.page_guards import PageGuards, guard_headers
from survey.web.routes import routes
from survey.web.site import Site
from survey.web.style import read_style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.routing import BaseRoute

    from survey.settings import Settings


def make_installation(settings: Settings) -> Installation:
    """The installation those settings describe."""
    keys = KeyRing(settings.keys, settings.secret_directory)
    return Installation(
        settings=settings,
        database=Database(settings.database),
        links=LinkSigner(keys.signing_key()),
        keys=keys,
        clock=clock_of(settings),
        random_bytes=secrets.token_bytes,
    )


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The real time, or the one a demonstration believes in: a moment, or a file that holds one."""
    if not settings.clock:
        return lambda: datetime.now(UTC)
    file = Path(settings.clock)

    def demonstrated() -> datetime:
        text = file.read_text(encoding="utf-8") if file.is_file() else settings.clock
        return datetime.fromisoformat(text.strip()).astimezone(UTC)

    return demonstrated


def make_application(inst: Installation, *, more_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """Every page of the installation; `more_routes` come first (a demonstration's own start page)."""
    style = read_style(TEMPLATES)
    headers = guard_headers(style, base_url=inst.settings.base_url)
    application = Starlette(
        routes=routes(style, more=more_routes),
        middleware=[Middleware(PageGuards, headers=headers, unexpected=unexpected_page)],
        exception_handlers=handlers(),
    )
    # An address with a slash too many is a 404, never a redirect built from the Host header.
    application.router.redirect_slashes = False
    application.state.site = Site(inst, style)
    return application
