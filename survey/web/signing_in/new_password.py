"""A forgotten password: a link by mail, and, for those who need two factors, a code with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from forms.people_forms import AddressForm, NewPasswordForm, ProvenNewPasswordForm
from survey import proving
from survey.employing import own_account
from survey.errors import LinkProblem, NotAllowed, TooManyAttempts
from survey.model.workplace import OneTimePurpose
from survey.web.signing_in.drawing import (
    TOO_MANY,
    UNPROCESSABLE,
    known_cookie,
    note_miss,
    page_outside,
    require_patience,
    too_many,
    too_many_page,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.workplace import Account
    from survey.web.site import Visit

GONE = 410


def ask(visit: Visit) -> Response:
    """The page for somebody who forgot it."""
    return _ask_page(visit, AddressForm())


def request(visit: Visit) -> Response:
    """A link goes to the address, if somebody has it; the reply is the same for everybody."""
    form = AddressForm.typed(visit.fields)
    if not form.validate():
        return _ask_page(visit, form, status=UNPROCESSABLE)
    try:
        require_patience(visit)
    except TooManyAttempts as error:
        return _ask_page(
            visit, form, status=TOO_MANY, others=(too_many(error),), wait=error.seconds
        )
    note_miss(visit)
    proving.ask_for_new_password(visit.inst, form.address.data)
    return page_outside(visit, "password_link_sent.html")


def show(visit: Visit) -> Response:
    """The page to choose a password."""
    try:
        account = proving.whose_link(visit.inst, visit.token, purpose=OneTimePurpose.NEW_PASSWORD)
    except LinkProblem:
        return page_outside(visit, "link_over.html", status=GONE)
    return _page(visit, account, _form_for(visit, account)())


def receive(visit: Visit) -> Response:
    """The password is chosen."""
    try:
        require_patience(visit)
        account = proving.whose_link(visit.inst, visit.token, purpose=OneTimePurpose.NEW_PASSWORD)
        form = _form_for(visit, account).typed(visit.fields)
        if not form.validate():
            return _page(visit, account, form, status=UNPROCESSABLE)
        code = form.app_code.data if "app_code" in form else ""
        try:
            own_account.set_new_password(
                visit.inst,
                visit.token,
                new=form.new_password.data,
                code=code,
                known=known_cookie(visit),
            )
        except NotAllowed as error:
            note_miss(visit)
            field = form.app_code if error.why.place == "code" else form.new_password
            field.errors = [error.why]
            return _page(visit, account, form, status=UNPROCESSABLE)
    except LinkProblem:
        note_miss(visit)
        return page_outside(visit, "link_over.html", status=GONE)
    except TooManyAttempts as error:
        too_many_page(error)
    return RedirectResponse("/arbeit/anmelden?neu=passwort", 303)


def _form_for(visit: Visit, account: Account) -> type[NewPasswordForm]:
    needs_code = own_account.needs_code_for_new_password(visit.inst, account)
    return ProvenNewPasswordForm if needs_code else NewPasswordForm


def _page(visit: Visit, account: Account, form: NewPasswordForm, *, status: int = 200) -> Response:
    return page_outside(
        visit,
        "new_password.html",
        form=form,
        address=account.address,
        needs_code="app_code" in form,
        status=status,
    )


def _ask_page(
    visit: Visit,
    form: AddressForm,
    *,
    status: int = 200,
    others: tuple[Problem, ...] = (),
    wait: int = 0,
) -> Response:
    return page_outside(visit, "forgotten.html", form=form, status=status, others=others, wait=wait)
