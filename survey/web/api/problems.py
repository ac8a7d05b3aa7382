"""What the programming interface says when it cannot: problem details (RFC 9457)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from survey.errors import NotAllowed, NotFound, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
TITLES: Mapping[int, tuple[str, str]] = {
    401: (
        "Unauthorized",
        "Send a valid token: 'Authorization: Bearer nk_…'. An organiser makes one in the settings.",
    ),
    404: ("Not Found", "There is nothing at this address for the organisation of this token."),
    405: ("Method Not Allowed", "The interface is read only: use GET."),
    409: ("Conflict", "The edition has not been counted yet, so there are no results."),
    429: ("Too Many Requests", "Wait as long as Retry-After says."),
    500: ("Internal Server Error", "The fault is ours. Please try again later."),
    503: ("Service Unavailable", "Please try again in a minute."),
}


def problem_reply(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The problem with that status."""
    known = status if status in TITLES else 500
    title, detail = TITLES[known]
    body = {"type": "about:blank", "title": title, "status": known, "detail": detail}
    return Response(
        json.dumps(body, ensure_ascii=False),
        known,
        dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def problem_page(error: Exception | None) -> Response:
    """The problem for an error; it never carries a number, a name or a place."""
    match error:
        case NotFound():
            return problem_reply(404)
        case NotAllowed():
            return problem_reply(409)
        case StorageUnavailable():
            return problem_reply(503, {"Retry-After": "60"})
        case HTTPException(status_code=status, headers=headers):
            return problem_reply(status, headers)
        case _:
            return problem_reply(500)
