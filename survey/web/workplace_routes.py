"""The pages of those who work with the service, which a process that shows forms only never loads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match, Router

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

PLACES = ("/arbeit", "/geteilt")
"""What their addresses begin with."""


class WorkplaceRoutes(BaseRoute):
    """All of them in the place of one; loaded, in a thread, when the first is asked for."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Every address that begins as theirs do."""
        is_theirs = scope["type"] == "http" and scope["path"].startswith(PLACES)
        return (Match.FULL if is_theirs else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go to the page, as if its route had stood here."""
        router = (
            await run_in_threadpool(_router) if _router.cache_info().currsize == 0 else _router()
        )
        await router(scope, receive, send)


def workplace_routes() -> tuple[BaseRoute, ...]:
    """Each of their routes."""
    return tuple(_router().routes)


@cache
def _router() -> Router:
    # Three hundred modules: as much memory and time to start as everything participants need.
    from survey.web.organiser.routes import organiser_routes  # noqa: PLC0415
    from survey.web.planner.routes import planner_routes  # noqa: PLC0415
    from survey.web.signing_in.routes import signing_in_routes  # noqa: PLC0415

    return Router(
        [*signing_in_routes(), *organiser_routes(), *planner_routes()], redirect_slashes=False
    )
