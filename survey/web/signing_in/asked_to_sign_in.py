"""Nobody is signed in, or the proof has grown old: where to go, with nothing typed lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import RedirectResponse

from survey.web.workplace.desk import SignInNeeded

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def sign_in_needed_page(request: Request, error: Exception) -> Response:
    """To the sign-in page, and back here afterwards."""
    assert isinstance(error, SignInNeeded)  # noqa: S101 -- the application registers it for nothing else
    query = urlencode({"weiter": request.url.path})
    return RedirectResponse(f"/arbeit/anmelden?{query}", 303)
