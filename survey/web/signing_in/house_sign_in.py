"""Signing in where the whole house signs in: there, and back again.

The way back is a GET that signs somebody in, as OpenID Connect has it. It does so only in the browser that began,
within ten minutes, and once: the provider takes its code only once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from survey import house_sign_in
from survey.access.house_provider import LONGEST_ROUND_TRIP_SECONDS
from survey.errors import HouseSignInRefused
from survey.web.signing_in.drawing import known_cookie, let_in, page_outside
from survey.web.signing_in.kept_fields import Kept, kept_from_query, local_address
from survey.web.workplace.desk import cookie_name, drop_cookie

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.site import Visit

COOKIE = "nachklang-house"
FORBIDDEN = 403


def leave(visit: Visit) -> Response:
    """On to the house's own sign-in."""
    try:
        address, cookie = house_sign_in.begin(visit.inst, back=kept_from_query(visit).back)
    except HouseSignInRefused as refused:
        return _refused(visit, refused)
    reply = RedirectResponse(address, 303)
    reply.set_cookie(
        cookie_name(visit, COOKIE),
        cookie,
        max_age=LONGEST_ROUND_TRIP_SECONDS,
        path="/",
        secure=visit.inst.settings.base_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return reply


def come_back(visit: Visit) -> Response:
    """Signed in, or why not."""
    try:
        passed, back = house_sign_in.finish(
            visit.inst,
            visit.request.cookies.get(cookie_name(visit, COOKIE), ""),
            brought=visit.request.query_params,
            known=known_cookie(visit),
        )
    except HouseSignInRefused as refused:
        reply = _refused(visit, refused)
    else:
        reply = let_in(visit, Kept(local_address(back)), passed)
    drop_cookie(visit, reply, COOKIE)
    return reply


def _refused(visit: Visit, refused: HouseSignInRefused) -> Response:
    assert visit.inst.settings.house is not None  # noqa: S101 -- else there is no such page
    return page_outside(
        visit,
        "house_refused.html",
        status=FORBIDDEN,
        why=refused.why,
        name=visit.inst.settings.house.name,
    )
