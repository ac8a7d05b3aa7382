"""One colleague: role, second factor, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.people_forms import RoleForm
from survey.employing import colleagues
from survey.errors import NotAllowed, NotFound
from survey.model.workplace import Role

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.employing.colleagues import Colleague
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422
PEOPLE = "/arbeit/menschen"


def show_colleague(desk: Desk) -> Response:
    """What the colleague may do, and what can be done for them."""
    found = _found(desk)
    return _page(desk, found, RoleForm(data={"role": found.role.value}))


def change_role(desk: Desk) -> Response:
    """The colleague has that role now."""
    found = _found(desk)
    form = RoleForm.typed(desk.fields)
    if not form.validate():
        return _page(desk, found, form, status=UNPROCESSABLE)
    try:
        colleagues.change_role(
            desk.inst, desk.organisation.id, found.account.id, role=Role(form.role.data)
        )
    except NotAllowed as error:
        form.role.errors = [error.why]
        return _page(desk, found, form, status=UNPROCESSABLE)
    say = desk.words.gettext
    notice = say("Die Rolle von %(name)s ist geändert.") % {"name": found.account.name}
    return desk.go("/arbeit" if found.account.id == desk.person.id else PEOPLE, notice=notice)


def ask_remove(desk: Desk) -> Response:
    """What leaving means."""
    return desk.draw("workplace/people/remove.html", colleague=_found(desk))


def remove(desk: Desk) -> Response:
    """The colleague works here no more."""
    found = _found(desk)
    colleagues.remove(desk.inst, desk.organisation.id, found.account.id)
    say = desk.words.gettext
    notice = say("%(name)s arbeitet hier nicht mehr.") % {"name": found.account.name}
    return desk.go(PEOPLE, notice=notice)


def ask_reset(desk: Desk) -> Response:
    """What the reset means."""
    return desk.draw("workplace/people/reset.html", colleague=_found(desk))


def reset(desk: Desk) -> Response:
    """The colleague chooses a second factor anew."""
    found = _found(desk)
    colleagues.reset_second_factor(desk.inst, desk.organisation.id, found.account.id)
    say = desk.words.gettext
    notice = say("Der zweite Nachweis von %(name)s ist zurückgesetzt.") % {
        "name": found.account.name
    }
    return desk.go(PEOPLE, notice=notice)


def ask_lift(desk: Desk) -> Response:
    """What it means to part an account from the house's sign-in; NotFound where there is nothing to part."""
    found = _found(desk)
    if not found.is_pinned:
        raise NotFound("house sign-in", found.account.id)
    return desk.draw("workplace/people/lift.html", colleague=found)


def lift(desk: Desk) -> Response:
    """The account is open to whoever the house next vouches for at its address."""
    found = _found(desk)
    colleagues.lift_house_sign_in(desk.inst, desk.organisation.id, found.account.id)
    say = desk.words.gettext
    notice = say("Das Konto von %(name)s ist von der Anmeldung des Hauses gelöst.") % {
        "name": found.account.name
    }
    return desk.go(PEOPLE, notice=notice)


def _found(desk: Desk) -> Colleague:
    return colleagues.colleague(desk.inst, desk.organisation.id, desk.part("colleague"))


def _page(desk: Desk, found: Colleague, form: RoleForm, *, status: int = 200) -> Response:
    form.in_words(desk.words.gettext)
    return desk.draw(
        "workplace/people/colleague.html",
        colleague=found,
        form=form,
        status=status,
        is_self=found.account.id == desk.person.id,
    )
