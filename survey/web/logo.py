"""Organisations' pictures, each at an address of its own for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from survey import housekeeping
from survey.errors import NotFound
from survey.web.attachment import SANDBOX
from survey.web.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request

MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


def logo_route() -> Route:
    """``/logo/<hash>.png``."""
    return Route("/logo/{hash}.{kind}", _logo, methods=["GET"])


async def _logo(request: Request) -> Response:
    kind = request.path_params["kind"]
    if kind not in MEDIA_TYPES:
        raise NotFound("logo", kind)
    content = await run_in_threadpool(
        housekeeping.logo_content,
        site_of(request).inst,
        request.path_params["hash"],
        kind=kind,
    )
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": SANDBOX,
    }
    return Response(content, 200, headers, media_type=MEDIA_TYPES[kind])
