"""Signing in and the own account, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from survey.web.page_guards import page
from survey.web.signing_in import (
    browsers,
    house_sign_in,
    joining,
    new_password,
    own_account,
    second_factor,
    sign_in,
)
from survey.web.signing_in.drawing import from_here
from survey.web.workplace.desk import EVERYBODY, before_set_up, receive, receive_proven, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.web.site import Visit


def signing_in_routes() -> list[Route]:
    """Every page about signing in."""
    return [
        _open("/arbeit/anmelden", sign_in.show, sign_in.receive),
        _open("/arbeit/anmelden/code", sign_in.show_second_step, sign_in.receive_second_step),
        _open("/arbeit/anmelden/link/{token}", sign_in.show_link, sign_in.receive_link),
        _open("/arbeit/anmelden/haus", house_sign_in.leave, None),
        _open("/arbeit/anmelden/haus/zurueck", house_sign_in.come_back, None),
        _open("/arbeit/anmelden/nachweis", None, sign_in.receive_again),
        _open("/arbeit/anmelden/weiter", None, sign_in.receive_go_on),
        _open("/arbeit/anmelden/sprache", None, sign_in.speak),
        _open("/arbeit/passwort", new_password.ask, new_password.request),
        _open("/arbeit/passwort/{token}", new_password.show, new_password.receive),
        _open("/arbeit/anfang/{token}", joining.show_start, joining.receive_start),
        _open("/arbeit/einladung/{token}", joining.show_invitation, joining.receive_invitation),
        _open("/arbeit/abgemeldet", browsers.show_signed_out, None),
        before_set_up(show("/arbeit/abmelden", browsers.ask_sign_out, roles=EVERYBODY)),
        before_set_up(receive("/arbeit/abmelden", browsers.sign_out, roles=EVERYBODY)),
        show("/arbeit/konto", own_account.show_account, roles=EVERYBODY),
        receive("/arbeit/konto", own_account.describe, roles=EVERYBODY),
        before_set_up(show("/arbeit/konto/angemeldet", browsers.still_here, roles=EVERYBODY)),
        receive("/arbeit/konto/organisation", own_account.work_for, roles=EVERYBODY),
        receive("/arbeit/konto/browser", browsers.sign_out_others, roles=EVERYBODY),
        show("/arbeit/konto/passwort", own_account.show_password, roles=EVERYBODY),
        receive("/arbeit/konto/passwort", own_account.change_password, roles=EVERYBODY),
        before_set_up(
            show("/arbeit/konto/zweiter-faktor", second_factor.show_choice, roles=EVERYBODY)
        ),
        before_set_up(
            receive_proven("/arbeit/konto/zweiter-faktor", second_factor.choose, roles=EVERYBODY)
        ),
        before_set_up(show("/arbeit/konto/app", second_factor.show_app, roles=EVERYBODY)),
        before_set_up(
            receive_proven("/arbeit/konto/app", second_factor.set_up_app, roles=EVERYBODY)
        ),
        show("/arbeit/konto/notfallcodes", second_factor.show_codes, roles=EVERYBODY),
        receive_proven("/arbeit/konto/notfallcodes", second_factor.make_codes, roles=EVERYBODY),
    ]


def _open(
    path: str,
    shown: Callable[[Visit], Response] | None,
    received: Callable[[Visit], Response] | None,
) -> Route:
    """An address for people who are not signed in yet."""

    def work(visit: Visit) -> Response:
        function = received if visit.request.method == "POST" else shown
        assert function is not None  # noqa: S101 -- the methods of the route say so
        return from_here(function)(visit)

    methods = [name for name, f in (("GET", shown), ("POST", received)) if f is not None]
    return Route(path, page(work), methods=methods)
