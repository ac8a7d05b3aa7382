"""Nobody is signed in, the proof has grown old, or a second factor is missing: where to go, with nothing typed lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from survey.web.signing_in.drawing import (
    SET_UP,
    UNAUTHORISED,
    again_page,
    set_up_first_page,
    sign_in_page,
    signed_in_here,
)
from survey.web.signing_in.kept_fields import kept_from_refused
from survey.web.workplace.desk import sign_in_cookie
from survey.web.workplace.needed_first import SetUpNeeded, SignInNeeded

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from survey.web.site import Visit


async def sign_in_needed_page(request: Request, error: Exception) -> Response:
    """To the sign-in page and back here; what was sent is carried on the way."""
    assert isinstance(error, SignInNeeded)  # noqa: S101 -- the application registers it for nothing else
    del request
    return await run_in_threadpool(_answer, error.visit)


async def set_up_needed_page(request: Request, error: Exception) -> Response:
    """To the choice of a second factor; what was sent waits in the page."""
    assert isinstance(error, SetUpNeeded)  # noqa: S101 -- the application registers it for nothing else
    del request
    return await run_in_threadpool(_lead_to_set_up, error.visit)


def _lead_to_set_up(visit: Visit) -> Response:
    if visit.request.method != "POST":
        return RedirectResponse(SET_UP, 303)
    return set_up_first_page(visit, kept_from_refused(visit), cookie=sign_in_cookie(visit))


def _answer(visit: Visit) -> Response:
    kept = kept_from_refused(visit)
    if visit.request.method != "POST":
        return RedirectResponse(f"/arbeit/anmelden?{urlencode({'weiter': kept.back})}", 303)
    found = signed_in_here(visit)
    if found is not None:
        return again_page(visit, kept, found.sign_in)
    return sign_in_page(visit, kept, status=UNAUTHORISED, is_again=True)
