"""Browsers that are signed in: staying so, and signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from survey import signing_in
from survey.employing import own_account
from survey.web.signing_in.drawing import page_outside
from survey.web.workplace.desk import drop_sign_in_cookie

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.site import Visit
    from survey.web.workplace.desk import Desk


def ask_sign_out(desk: Desk) -> Response:
    """One button, so that no page that is only opened signs anybody out."""
    return desk.draw("workplace/account/sign_out.html")


def sign_out(desk: Desk) -> Response:
    """The browser is signed out, here and on the server."""
    signing_in.end(desk.inst, desk.sign_in)
    reply = RedirectResponse(f"/arbeit/abgemeldet?sprache={desk.language}", 303)
    drop_sign_in_cookie(desk.visit, reply)
    return reply


def show_signed_out(visit: Visit) -> Response:
    """Good-bye."""
    return page_outside(visit, "signed_out.html")


def still_here(desk: Desk) -> Response:
    """Opening any page extends the sign-in; this one says so, beside a page with things typed."""
    return desk.draw("workplace/account/still_here.html")


def sign_out_others(desk: Desk) -> Response:
    """Every other browser of the person is signed out."""
    own_account.sign_out_others(desk.inst, desk.sign_in)
    notice = desk.words.gettext("Alle anderen Browser sind abgemeldet.")
    return desk.go("/arbeit/konto", notice=notice)
