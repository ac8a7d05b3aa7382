"""Signing in: address and password, a code, or a link by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from forms.people_forms import AddressForm, CodeForm, PasswordForm, SignInForm
from survey import proving
from survey.errors import LinkProblem, TooManyAttempts, problem
from survey.model.workplace import OneTimePurpose
from survey.proving import HalfWay
from survey.web.signing_in.drawing import (
    TOO_MANY,
    UNAUTHORISED,
    UNPROCESSABLE,
    again_page,
    begun_cookie,
    go_on,
    known_cookie,
    let_in,
    link_sent_page,
    note_miss,
    page_outside,
    require_patience,
    second_step_page,
    set_begun_cookie,
    sign_in_page,
    signed_in_here,
    too_many,
    too_many_page,
)
from survey.web.signing_in.kept_fields import kept_from_query, kept_so_far
from survey.web.workplace.desk import sign_in_cookie

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.workplace import SignIn
    from survey.proving import Passed
    from survey.web.signing_in.kept_fields import Kept
    from survey.web.site import Visit

WRONG = problem("Adresse und Passwort passen nicht zusammen.")
WRONG_PASSWORD = problem("Das Passwort stimmt nicht.")
WRONG_CODE = problem(
    "Der Code stimmt nicht, oder er wurde schon benutzt. Nehmen Sie den, den die App jetzt zeigt."
)
BEGIN_ANEW = problem(
    "Das hat zu lange gedauert, oder es waren zu viele Versuche. Beginnen Sie noch einmal."
)
GONE = 410


def show(visit: Visit) -> Response:
    """The page to sign in."""
    kept = kept_from_query(visit)
    if signed_in_here(visit) is not None:
        return RedirectResponse(kept.back, 303)
    told = visit.request.query_params.get("neu", "")
    return sign_in_page(visit, kept, told=told if told == "passwort" else "")


def receive(visit: Visit) -> Response:
    """Address and password, or the wish for a link."""
    kept = kept_so_far(visit)
    if visit.own.get("action") == "link":
        return _send_link(visit, kept)
    form = SignInForm.typed(visit.fields)
    if not form.validate():
        return sign_in_page(visit, kept, form=form, status=UNPROCESSABLE)
    try:
        require_patience(visit)
        outcome = proving.with_password(
            visit.inst,
            form.address.data,
            password=form.password.data,
            known=known_cookie(visit),
        )
    except TooManyAttempts as error:
        return sign_in_page(
            visit, kept, form=form, status=TOO_MANY, others=(too_many(error),), wait=error.seconds
        )
    if outcome is None:
        note_miss(visit)
        return sign_in_page(visit, kept, form=form, status=UNPROCESSABLE, others=(WRONG,))
    return _on(visit, kept, outcome)


def show_second_step(visit: Visit) -> Response:
    """The page for the second of two factors."""
    half = proving.begun_with(visit.inst, begun_cookie(visit))
    if half is None:
        return RedirectResponse("/arbeit/anmelden", 303)
    return second_step_page(visit, kept_from_query(visit), ways=proving.ways_on(visit.inst, half))


def receive_second_step(visit: Visit) -> Response:
    """A code, the password after a link, or the wish for a link after the password."""
    kept = kept_so_far(visit)
    half = proving.begun_with(visit.inst, begun_cookie(visit))
    if half is None:
        return sign_in_page(visit, kept, status=UNAUTHORISED, others=(BEGIN_ANEW,))
    ways = proving.ways_on(visit.inst, half)
    action = visit.own.get("action")
    if action == "link" and half.proven == "password":
        proving.ask_for_second_link(visit.inst, half)
        return link_sent_page(visit, kept)
    form = CodeForm.typed(visit.fields)
    password_form = PasswordForm.typed(visit.fields)
    is_password = action == "password" and half.proven == "mail"
    if not (password_form if is_password else form).validate():
        return second_step_page(
            visit,
            kept,
            ways=ways,
            form=None if is_password else form,
            password_form=password_form if is_password else None,
            status=UNPROCESSABLE,
        )
    try:
        require_patience(visit)
        passed = _second(visit, is_password=is_password, form=form, password_form=password_form)
    except TooManyAttempts as error:
        return second_step_page(
            visit, kept, ways=ways, status=TOO_MANY, others=(too_many(error),), wait=error.seconds
        )
    except LinkProblem:
        return sign_in_page(visit, kept, status=UNAUTHORISED, others=(BEGIN_ANEW,))
    if passed is None:
        note_miss(visit)
        wrong = WRONG_PASSWORD if is_password else WRONG_CODE
        return second_step_page(visit, kept, ways=ways, status=UNPROCESSABLE, others=(wrong,))
    return let_in(visit, kept, passed)


def show_link(visit: Visit) -> Response:
    """A button: programs that look into mails open links, and must not spend them."""
    try:
        proving.whose_link(visit.inst, visit.token, purpose=OneTimePurpose.SIGN_IN)
    except LinkProblem:
        return page_outside(visit, "link_over.html", status=GONE)
    return page_outside(visit, "link.html")


def receive_link(visit: Visit) -> Response:
    """The link is used."""
    kept = kept_so_far(visit)
    try:
        require_patience(visit)
        found = signed_in_here(visit)
        if found is not None and proving.again_with_link(visit.inst, visit.token, found.sign_in):
            return page_outside(visit, "proven.html")
        outcome = proving.with_link(
            visit.inst, visit.token, begun=begun_cookie(visit), known=known_cookie(visit)
        )
    except LinkProblem:
        note_miss(visit)
        return page_outside(visit, "link_over.html", status=GONE)
    except TooManyAttempts as error:
        too_many_page(error)
    return _on(visit, kept, outcome)


def receive_again(visit: Visit) -> Response:
    """The password or a code again, by somebody who is signed in."""
    kept = kept_so_far(visit)
    found = signed_in_here(visit)
    if found is None:
        return sign_in_page(visit, kept, status=UNAUTHORISED, is_again=True)
    if visit.own.get("action") == "link":
        proving.ask_for_link(visit.inst, found.sign_in.account.address)
        return link_sent_page(visit, kept)
    return _prove_again(visit, kept, found.sign_in)


def receive_go_on(visit: Visit) -> Response:
    """Somebody has used a link, in another window of this browser."""
    kept = kept_so_far(visit)
    found = signed_in_here(visit)
    if found is None or not found.is_fresh:
        return link_sent_page(visit, kept, is_not_yet=True)
    return go_on(visit, kept, cookie=sign_in_cookie(visit))


def speak(visit: Visit) -> Response:
    """The same page in another language, with everything that is carried."""
    kept = kept_so_far(visit)
    found = signed_in_here(visit)
    if found is not None and found.is_fresh:
        return go_on(visit, kept, cookie=sign_in_cookie(visit))
    if found is not None:
        return again_page(visit, kept, found.sign_in, status=200)
    half = proving.begun_with(visit.inst, begun_cookie(visit))
    if half is not None:
        return second_step_page(visit, kept, ways=proving.ways_on(visit.inst, half))
    return sign_in_page(visit, kept)


def _send_link(visit: Visit, kept: Kept) -> Response:
    form = AddressForm.typed(visit.fields)
    shown = SignInForm.typed(visit.fields)
    if not form.validate():
        shown.address.errors = form.address.errors
        return sign_in_page(visit, kept, form=shown, status=UNPROCESSABLE)
    try:
        require_patience(visit)
    except TooManyAttempts as error:
        return sign_in_page(
            visit, kept, form=shown, status=TOO_MANY, others=(too_many(error),), wait=error.seconds
        )
    note_miss(visit)  # asking costs as much as a wrong password: nobody fills others' mailboxes
    proving.ask_for_link(visit.inst, form.address.data)
    return link_sent_page(visit, kept)


def _on(visit: Visit, kept: Kept, outcome: Passed | HalfWay) -> Response:
    if isinstance(outcome, HalfWay):
        reply = second_step_page(visit, kept, ways=outcome.ways)
        set_begun_cookie(visit, reply, outcome.cookie)
        return reply
    return let_in(visit, kept, outcome)


def _second(
    visit: Visit, *, is_password: bool, form: CodeForm, password_form: PasswordForm
) -> Passed | None:
    begun, known = begun_cookie(visit), known_cookie(visit)
    if is_password:
        password = password_form.password.data
        return proving.with_second_password(visit.inst, begun, password=password, known=known)
    return proving.with_code(visit.inst, begun, code=form.app_code.data, known=known)


def _prove_again(visit: Visit, kept: Kept, sign_in: SignIn) -> Response:
    is_code = visit.own.get("action") == "code"
    form, code_form = PasswordForm.typed(visit.fields), CodeForm.typed(visit.fields)
    if not (code_form if is_code else form).validate():
        return again_page(
            visit,
            kept,
            sign_in,
            form=None if is_code else form,
            code_form=code_form if is_code else None,
            status=UNPROCESSABLE,
        )
    try:
        require_patience(visit)
        is_right = proving.prove_again(
            visit.inst,
            sign_in,
            password="" if is_code else form.password.data,
            code=code_form.app_code.data if is_code else "",
            known=known_cookie(visit),
        )
    except TooManyAttempts as error:
        return again_page(
            visit, kept, sign_in, status=TOO_MANY, others=(too_many(error),), wait=error.seconds
        )
    if not is_right:
        note_miss(visit)
        wrong = WRONG_CODE if is_code else WRONG_PASSWORD
        return again_page(visit, kept, sign_in, status=UNPROCESSABLE, others=(wrong,))
    return go_on(visit, kept, cookie=sign_in_cookie(visit))
