"""Access for the organisation's own programs: its tokens, and how to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.setting_forms import TokenForm
from survey import interface_tokens, preparing
from survey.errors import NotAllowed
from survey.web.organiser.settings.sections import START

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.web.workplace.desk import Desk

ACCESS = f"{START}/zugang"


def show_access(desk: Desk) -> Response:
    """The tokens there are, and what programs can read."""
    return _draw(desk, TokenForm())


def make_token(desk: Desk) -> Response:
    """A fresh token, shown this once."""
    form: TokenForm = TokenForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, form, status=422)
    try:
        token = interface_tokens.make_token(
            desk.inst, desk.organisation.id, purpose=form.purpose.data
        )
    except NotAllowed as refused:
        return _draw(desk, form, status=422, others=(refused.why,))
    return desk.draw(
        "workplace/settings/token_made.html",
        token=token,
        purpose=form.purpose.data,
        address=_address(desk),
        start=ACCESS,
    )


def ask_before_revoking(desk: Desk) -> Response:
    """What happens without the token."""
    token = interface_tokens.token_of(desk.inst, desk.organisation.id, desk.part("token"))
    return desk.draw("workplace/settings/token_revocation.html", token=token, start=ACCESS)


def revoke_token(desk: Desk) -> Response:
    """The token opens nothing any more."""
    interface_tokens.revoke_token(desk.inst, desk.organisation.id, desk.part("token"))
    return desk.go(ACCESS, notice=desk.words.gettext("Der Schlüssel ist widerrufen."))


def _draw(
    desk: Desk, form: TokenForm, *, status: int = 200, others: tuple[Problem, ...] = ()
) -> Response:
    counted = (r for r in preparing.editions_of(desk.inst, desk.organisation.id) if r.counted)
    return desk.draw(
        "workplace/settings/program_access.html",
        status=status,
        form=form,
        others=others,
        tokens=tuple(
            (token, desk.words.day(token.made.astimezone(desk.inst.settings.zone).date()))
            for token in interface_tokens.tokens_of(desk.inst, desk.organisation.id)
        ),
        address=_address(desk),
        example=next((record.name for record in counted), "kongress2020"),
        start=START,
        access=ACCESS,
    )


def _address(desk: Desk) -> str:
    return f"{desk.inst.settings.base_url}/api/v1"
