"""The own account: name, language, password, organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.people_forms import AccountForm, ChangePasswordForm
from survey.employing import own_account
from survey.errors import NotAllowed, TooManyAttempts
from survey.web.signing_in.drawing import (
    TOO_MANY,
    UNPROCESSABLE,
    known_cookie,
    note_miss,
    require_patience,
    too_many,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.web.workplace.desk import Desk


def show_account(desk: Desk) -> Response:
    """Everything about the account."""
    form = AccountForm(data={"name": desk.person.name, "language": desk.person.language})
    return _page(desk, form)


def describe(desk: Desk) -> Response:
    """Name and language are kept."""
    form = AccountForm.typed(desk.fields)
    if not form.validate():
        return _page(desk, form, status=UNPROCESSABLE)
    own_account.describe(desk.inst, desk.person, name=form.name.data, language=form.language.data)
    return desk.go("/arbeit/konto", notice=desk.words.gettext("Ihre Angaben sind gespeichert."))


def work_for(desk: Desk) -> Response:
    """The browser works for another of the person's organisations."""
    organisation = desk.fields.get("organisation", ("",))[0]
    own_account.work_for(desk.inst, desk.sign_in, organisation)
    return desk.go("/arbeit")


def show_password(desk: Desk) -> Response:
    """The page to change the password."""
    return _password_page(desk, ChangePasswordForm())


def change_password(desk: Desk) -> Response:
    """The password is changed."""
    form = ChangePasswordForm.typed(desk.fields)
    if not form.validate():
        return _password_page(desk, form, status=UNPROCESSABLE)
    try:
        require_patience(desk.visit)
        own_account.change_password(
            desk.inst,
            desk.sign_in,
            old=form.old_password.data,
            new=form.new_password.data,
            known=known_cookie(desk.visit),
        )
    except NotAllowed as error:
        note_miss(desk.visit)
        field = form.old_password if error.why.place == "old" else form.new_password
        field.errors = [error.why]
        return _password_page(desk, form, status=UNPROCESSABLE)
    except TooManyAttempts as error:
        reply = _password_page(desk, form, status=TOO_MANY, others=(too_many(error),))
        reply.headers["Retry-After"] = str(error.seconds)
        return reply
    notice = desk.words.gettext("Das Passwort ist geändert. Alle anderen Browser sind abgemeldet.")
    return desk.go("/arbeit/konto", notice=notice)


def _page(desk: Desk, form: AccountForm, *, status: int = 200) -> Response:
    return desk.draw(
        "workplace/account/account.html",
        status=status,
        form=form,
        own=own_account.own_account(desk.inst, desk.sign_in),
        here=desk.organisation,
    )


def _password_page(
    desk: Desk,
    form: ChangePasswordForm,
    *,
    status: int = 200,
    others: tuple[Problem, ...] = (),
) -> Response:
    return desk.draw("workplace/account/password.html", status=status, form=form, others=others)
