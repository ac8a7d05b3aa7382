"""The first person of all, and colleagues who were invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from forms.people_forms import FirstStartForm, JoinForm
from survey import signing_in
from survey.employing import joining
from survey.errors import LinkProblem, NotAllowed, TooManyAttempts
from survey.web.signing_in.drawing import (
    SET_UP,
    UNPROCESSABLE,
    language_of,
    note_miss,
    page_outside,
    require_patience,
    signed_in_here,
    too_many_page,
)
from survey.web.workplace.desk import set_sign_in_cookie

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.employing.joining import Newcomer
    from survey.web.site import Visit

GONE = 410


def show_start(visit: Visit) -> Response:
    """The very first page."""

    def draw() -> Response:
        joining.require_first_start(visit.inst, visit.token)
        return _start_page(visit, FirstStartForm())

    return _unless_over(visit, draw)


def receive_start(visit: Visit) -> Response:
    """The first account is made."""

    def work() -> Response:
        joining.require_first_start(visit.inst, visit.token)
        form = FirstStartForm.typed(visit.fields)
        if not form.validate():
            return _start_page(visit, form, status=UNPROCESSABLE)
        try:
            cookie = joining.start(
                visit.inst,
                visit.token,
                organisation=form.organisation.data,
                name=form.name.data,
                address=form.address.data,
                password=form.new_password.data,
                language=language_of(visit),
            )
        except NotAllowed as error:
            form.new_password.errors = [error.why]
            return _start_page(visit, form, status=UNPROCESSABLE)
        return _in(visit, cookie, SET_UP)

    return _unless_over(visit, work)


def show_invitation(visit: Visit) -> Response:
    """Who invites, and what comes next."""

    def draw() -> Response:
        who = joining.newcomer(visit.inst, visit.token)
        return _invitation_page(visit, who, JoinForm())

    return _unless_over(visit, draw)


def receive_invitation(visit: Visit) -> Response:
    """The invitation is accepted."""

    def work() -> Response:
        who = joining.newcomer(visit.inst, visit.token)
        if who.account is not None:
            found = signed_in_here(visit)
            if found is None or found.sign_in.account.id != who.account.id:
                return _invitation_page(visit, who, JoinForm(), status=UNPROCESSABLE)
            return _in(visit, joining.join_too(visit.inst, visit.token, found.sign_in), "/arbeit")
        form = JoinForm.typed(visit.fields)
        if not form.validate():
            return _invitation_page(visit, who, form, status=UNPROCESSABLE)
        try:
            cookie = joining.join(
                visit.inst,
                visit.token,
                name=form.name.data,
                password=form.new_password.data,
                language=language_of(visit),
            )
        except NotAllowed as error:
            form.new_password.errors = [error.why]
            return _invitation_page(visit, who, form, status=UNPROCESSABLE)
        needs_two = who.role == "organiser"
        return _in(visit, cookie, SET_UP if needs_two else "/arbeit")

    return _unless_over(visit, work)


def _unless_over(visit: Visit, work: Callable[[], Response]) -> Response:
    try:
        require_patience(visit)
        return work()
    except LinkProblem:
        note_miss(visit)
        return page_outside(visit, "link_over.html", status=GONE)
    except TooManyAttempts as error:
        too_many_page(error)


def _in(visit: Visit, cookie: str, address: str) -> Response:
    before = signed_in_here(visit)
    if before is not None:
        signing_in.end(visit.inst, before.sign_in)
    reply = RedirectResponse(address, 303)
    set_sign_in_cookie(visit, reply, cookie)
    return reply


def _start_page(visit: Visit, form: FirstStartForm, *, status: int = 200) -> Response:
    return page_outside(visit, "first_start.html", form=form, status=status)


def _invitation_page(visit: Visit, who: Newcomer, form: JoinForm, *, status: int = 200) -> Response:
    found = signed_in_here(visit)
    is_here = (
        found is not None and who.account is not None and found.sign_in.account.id == who.account.id
    )
    return page_outside(
        visit, "invitation.html", form=form, who=who, is_here=is_here, status=status
    )
