"""The demonstration's way into the workplace: one press of a button, as a made-up person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from survey import signing_in
from survey.demonstration.staff import EMPLOYEES
from survey.employing.own_account import describe
from survey.model.workplace import MAIN_ORGANISATION
from survey.web.page_guards import page
from survey.web.workplace.desk import is_from_here, set_sign_in_cookie, sign_in_cookie

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.workplace import WorkLanguage
    from survey.web.site import Visit


def entrance_route() -> Route:
    """What the buttons of the start page do."""
    return Route("/", page(enter), methods=["POST"])


def enter(visit: Visit) -> Response:
    """The browser is signed in as the person who was asked for, and as nobody else any more."""
    asked = visit.fields.get("role", ())
    employee = next((e for e in EMPLOYEES if (e.role.value,) == asked), None)
    if employee is None or not is_from_here(visit):
        raise HTTPException(400)
    inst = visit.inst
    before = signing_in.signed_in(inst, sign_in_cookie(visit))
    if before is not None:
        signing_in.end(inst, before.sign_in)
    language: WorkLanguage = "en" if visit.language == "en" else "de"
    describe(inst, employee.account, name=employee.account.name, language=language)
    cookie = signing_in.begin(inst, employee.account.id, MAIN_ORGANISATION)
    reply = RedirectResponse("/arbeit", 303)
    set_sign_in_cookie(visit, reply, cookie)
    return reply
