"""The second factor: a link by mail or an app, and recovery codes for when neither is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.people_forms import CodeForm
from survey import proving
from survey.access.app_codes import app_address, readable_secret
from survey.employing import own_account
from survey.errors import NotAllowed
from survey.web.signing_in.drawing import UNPROCESSABLE

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_choice(desk: Desk) -> Response:
    """The ways to prove a second time who one is."""
    return desk.draw(
        "workplace/account/second_factor.html",
        own=own_account.own_account(desk.inst, desk.sign_in),
        needs_two=proving.is_organiser_somewhere(desk.inst, desk.person),
        is_needed_first=proving.needs_set_up(desk.inst, desk.person),
    )


def choose(desk: Desk) -> Response:
    """A link by mail is the second factor from now on."""
    return _codes_page(desk, own_account.choose_mail(desk.inst, desk.sign_in))


def show_app(desk: Desk) -> Response:
    """The secret for the app, as picture and as text. Nothing is stored yet."""
    return _app_page(desk, own_account.fresh_app_secret(desk.inst, desk.person), CodeForm())


def set_up_app(desk: Desk) -> Response:
    """The app shows codes from now on."""
    sealed = desk.own.get("secret", "")
    form = CodeForm.typed(desk.fields)
    if not form.validate():
        return _app_page(desk, sealed, form, status=UNPROCESSABLE)
    try:
        codes = own_account.set_up_app(
            desk.inst, desk.sign_in, sealed=sealed, code=form.app_code.data
        )
    except NotAllowed as error:
        form.app_code.errors = [error.why]
        return _app_page(desk, sealed, form, status=UNPROCESSABLE)
    return _codes_page(desk, codes)


def show_codes(desk: Desk) -> Response:
    """What fresh recovery codes mean, before they are made."""
    return desk.draw(
        "workplace/account/make_codes.html",
        own=own_account.own_account(desk.inst, desk.sign_in),
    )


def make_codes(desk: Desk) -> Response:
    """Fresh recovery codes, shown once."""
    return _codes_page(desk, own_account.fresh_recovery_codes(desk.inst, desk.sign_in))


def _codes_page(desk: Desk, codes: tuple[str, ...]) -> Response:
    return desk.draw("workplace/account/codes.html", codes=codes)


def _app_page(desk: Desk, sealed: str, form: CodeForm, *, status: int = 200) -> Response:
    secret = own_account.opened_app_secret(desk.inst, desk.person, sealed)
    import segno  # noqa: PLC0415 -- draws one code, when somebody sets up a second factor

    picture = segno.make_qr(
        app_address(
            secret, account=desk.person.address, issuer=f"Nachklang {desk.organisation.name}"
        )
    )
    return desk.draw(
        "workplace/account/app.html",
        status=status,
        form=form,
        sealed=sealed,
        secret=readable_secret(secret),
        picture=picture.svg_data_uri(scale=5, light="white", border=4),
    )
