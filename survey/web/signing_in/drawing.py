"""Draws the pages on the way in, and lets somebody in at the end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from forms.people_forms import CodeForm, PasswordForm, SignInForm
from survey import proving, signing_in
from survey.errors import TooManyAttempts, problem
from survey.web.peers import peer_of
from survey.web.workplace.desk import (
    cookie_name,
    drop_cookie,
    is_from_here,
    set_cookie,
    set_sign_in_cookie,
    sign_in_cookie,
)
from survey.web.workplace.drawing import draw_outside, workplace_reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.workplace import SignIn, WorkLanguage
    from survey.proving import Passed, Ways
    from survey.signing_in import SignedIn
    from survey.web.signing_in.kept_fields import Kept
    from survey.web.site import Visit

BEGUN_COOKIE = "nachklang-begun"
KNOWN_COOKIE = "nachklang-known"
KNOWN_FOR_SECONDS = 365 * 24 * 3600
SET_UP = "/arbeit/konto/zweiter-faktor"
UNPROCESSABLE = 422
UNAUTHORISED = 401
FORBIDDEN = 403
TOO_MANY = 429


def language_of(visit: Visit) -> WorkLanguage:
    """German, unless the page before this one or the address asks for English."""
    return "en" if visit.language == "en" else "de"


def page_outside(
    visit: Visit, template: str, /, *, status: int = 200, wait: int = 0, **values: object
) -> Response:
    """A page for somebody who is not signed in."""
    language = language_of(visit)
    html = draw_outside(visit, f"workplace/signing_in/{template}", language=language, **values)
    reply = workplace_reply(html, status, language=language)
    if wait:
        reply.headers["Retry-After"] = str(wait)
    return reply


def sign_in_page(
    visit: Visit,
    kept: Kept,
    /,
    *,
    form: SignInForm | None = None,
    status: int = 200,
    others: tuple[Problem, ...] = (),
    wait: int = 0,
    is_again: bool = False,
    told: str = "",
) -> Response:
    """Address and password, or a link by mail."""
    return page_outside(
        visit,
        "sign_in.html",
        status=status,
        wait=wait,
        form=form or SignInForm(),
        kept=kept,
        others=others,
        is_again=is_again or kept.is_form or kept.is_too_large,
        told=told,
    )


def second_step_page(
    visit: Visit,
    kept: Kept,
    /,
    *,
    ways: Ways,
    form: CodeForm | None = None,
    password_form: PasswordForm | None = None,
    status: int = 200,
    others: tuple[Problem, ...] = (),
    wait: int = 0,
) -> Response:
    """The second of two factors."""
    return page_outside(
        visit,
        "second_step.html",
        status=status,
        wait=wait,
        form=form or CodeForm(),
        password_form=password_form or PasswordForm(),
        kept=kept,
        ways=ways,
        others=others,
    )


def link_sent_page(visit: Visit, kept: Kept, /, *, is_not_yet: bool = False) -> Response:
    """A link is under way, if somebody has that address."""
    return page_outside(visit, "link_sent.html", kept=kept, is_not_yet=is_not_yet)


def let_in(visit: Visit, kept: Kept, /, passed: Passed) -> Response:
    """Signed in, with a fresh secret; on to where the person was going."""
    before = signing_in.signed_in(visit.inst, sign_in_cookie(visit))
    if before is not None:
        signing_in.end(visit.inst, before.sign_in)
    if passed.needs_set_up and kept.is_form:
        reply = set_up_first_page(visit, kept, cookie=passed.cookie)
    elif passed.needs_set_up:
        reply = RedirectResponse(SET_UP, 303)
    else:
        reply = go_on(visit, kept, cookie=passed.cookie)
    set_sign_in_cookie(visit, reply, passed.cookie)
    drop_cookie(visit, reply, BEGUN_COOKIE)
    remember_browser(visit, reply, passed.known)
    return reply


def go_on(visit: Visit, kept: Kept, /, *, cookie: str) -> Response:
    """Back to where the person was; a form that was to be sent is sent with one button."""
    if not kept.is_form:
        return RedirectResponse(kept.back, 303)
    return page_outside(
        visit, "send_kept.html", kept=kept, fresh_proof=_proof_of(visit, cookie=cookie)
    )


def set_up_first_page(visit: Visit, kept: Kept, /, *, cookie: str) -> Response:
    """A second factor is missing; the form waits here until it is chosen in another window."""
    return page_outside(
        visit,
        "set_up_first.html",
        status=FORBIDDEN,
        kept=kept,
        fresh_proof=_proof_of(visit, cookie=cookie),
        set_up=SET_UP,
    )


def signed_in_here(visit: Visit) -> SignedIn | None:
    """Who is signed in with this browser."""
    return signing_in.signed_in(visit.inst, sign_in_cookie(visit))


def begun_cookie(visit: Visit) -> str:
    """The cookie of a browser that has proved one factor; empty if there is none."""
    return visit.request.cookies.get(cookie_name(visit, BEGUN_COOKIE), "")


def known_cookie(visit: Visit) -> str:
    """The cookie of a browser somebody has signed in with before; empty if there is none."""
    return visit.request.cookies.get(cookie_name(visit, KNOWN_COOKIE), "")


def set_begun_cookie(visit: Visit, reply: Response, value: str) -> None:
    """The browser has proved one factor."""
    set_cookie(visit, reply, BEGUN_COOKIE, value)


def remember_browser(visit: Visit, reply: Response, value: str) -> None:
    """Guesses of others do not slow down this browser."""
    reply.set_cookie(
        cookie_name(visit, KNOWN_COOKIE),
        value,
        max_age=KNOWN_FOR_SECONDS,
        path="/",
        secure=visit.inst.settings.base_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def from_here(work: Callable[[Visit], Response]) -> Callable[[Visit], Response]:
    """The page function, for forms that this service's own pages sent."""

    def guarded(visit: Visit) -> Response:
        if visit.request.method == "POST" and not is_from_here(visit):
            raise HTTPException(400)
        return work(visit)

    return guarded


def require_patience(visit: Visit) -> None:
    """TooManyAttempts for a network address that failed often in the last minutes."""
    seconds = visit.site.peers.seconds_to_wait(_peer(visit), visit.inst.clock())
    if seconds:
        raise TooManyAttempts(seconds=seconds)


def note_miss(visit: Visit) -> None:
    """An attempt from that network address failed."""
    visit.site.peers.miss(_peer(visit), visit.inst.clock())


def too_many(error: TooManyAttempts) -> Problem:
    """What to tell somebody who tries too often."""
    minutes = -(-error.seconds // 60)
    if minutes == 1:
        return problem(
            "Zu viele Versuche. Warten Sie etwa eine Minute, oder lassen Sie sich einen Link per Mail schicken."
        )
    return problem(
        "Zu viele Versuche. Warten Sie etwa %(minutes)s Minuten, oder lassen Sie sich einen Link per Mail schicken.",
        minutes=minutes,
    )


def too_many_page(error: TooManyAttempts) -> NoReturn:
    """The page for somebody who tries links too often."""
    raise HTTPException(TOO_MANY, headers={"Retry-After": str(error.seconds)}) from error


def again_page(
    visit: Visit,
    kept: Kept,
    /,
    sign_in: SignIn,
    *,
    form: PasswordForm | None = None,
    code_form: CodeForm | None = None,
    others: tuple[Problem, ...] = (),
    status: int = UNAUTHORISED,
    wait: int = 0,
) -> Response:
    """The password or a code again, before something is sent, deleted or published."""
    ways = proving.ways_of(visit.inst, sign_in.account)
    return page_outside(
        visit,
        "again.html",
        status=status,
        wait=wait,
        form=form or PasswordForm(),
        code_form=code_form or CodeForm(),
        who=sign_in.account.name,
        ways=ways,
        kept=kept,
        others=others,
    )


def _proof_of(visit: Visit, *, cookie: str) -> str:
    used = visit.inst.cookies.read(cookie)
    return visit.inst.cookies.form_token(used.hash) if used else ""


def _peer(visit: Visit) -> str:
    return peer_of(visit.request, proxies=visit.inst.settings.trusted_proxies)
