"""Inviting colleagues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.people_forms import InviteForm
from survey.employing import colleagues
from survey.errors import NotAllowed
from survey.model.workplace import Role

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def show_form(desk: Desk) -> Response:
    """Whom to invite."""
    return _page(desk, InviteForm(data={"language": desk.person.language}))


def invite(desk: Desk) -> Response:
    """The invitation goes out."""
    form = InviteForm.typed(desk.fields)
    if not form.validate():
        return _page(desk, form, status=UNPROCESSABLE)
    try:
        made = colleagues.invite(
            desk.inst,
            desk.organisation,
            address=form.address.data,
            role=Role(form.role.data),
            language=form.language.data,
        )
    except NotAllowed as error:
        form.address.errors = [error.why]
        return _page(desk, form, status=UNPROCESSABLE)
    say = desk.words.gettext
    notice = say("Die Einladung an %(address)s ist unterwegs.") % {"address": made.address}
    return desk.go("/arbeit/menschen", notice=notice)


def invite_again(desk: Desk) -> Response:
    """The same invitation goes out once more."""
    made = colleagues.invite_again(desk.inst, desk.organisation.id, desk.part("invitation"))
    say = desk.words.gettext
    notice = say("Die Einladung an %(address)s ist noch einmal unterwegs.") % {
        "address": made.address
    }
    return desk.go("/arbeit/menschen", notice=notice)


def ask_take_back(desk: Desk) -> Response:
    """What taking it back means."""
    return desk.draw(
        "workplace/people/take_back.html",
        invitation=colleagues.invitation(desk.inst, desk.organisation.id, desk.part("invitation")),
    )


def take_back(desk: Desk) -> Response:
    """The invitation counts no more."""
    made = colleagues.take_back_invitation(desk.inst, desk.organisation.id, desk.part("invitation"))
    say = desk.words.gettext
    notice = say("Die Einladung an %(address)s gilt nicht mehr.") % {"address": made.address}
    return desk.go("/arbeit/menschen", notice=notice)


def _page(desk: Desk, form: InviteForm, *, status: int = 200) -> Response:
    form.in_words(desk.words.gettext)
    return desk.draw("workplace/people/invite.html", form=form, status=status)
