"""Backups: when the last one was made, what is wrong with them, and ordering one now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import housekeeping, ordering
from survey.keeping.doctor import glance
from survey.model.workplace import MAIN_ORGANISATION
from survey.web.organiser.settings.sections import START

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk

BACKUP = f"{START}/sicherung"


def show_backups(desk: Desk) -> Response:
    """How things stand."""
    return _draw(desk)


def back_up(desk: Desk) -> Response:
    """A proven backup is made soon; nobody has to wait for it at the page."""
    if not _runs_the_machine(desk):
        return _draw(desk, status=403)
    ordering.order_backup(desk.inst)
    say = desk.words.gettext
    return desk.go(
        BACKUP, notice=say("Die Sicherung ist angestoßen. In ein paar Sekunden beginnt sie.")
    )


def _runs_the_machine(desk: Desk) -> bool:
    # What is said of the machine names its folders: that is for the organisation that runs it.
    return desk.organisation.id == MAIN_ORGANISATION


def _draw(desk: Desk, *, status: int = 200) -> Response:
    state = housekeeping.backup_state(desk.inst, desk.organisation.id)
    zone = desk.inst.settings.zone
    runs_the_machine = _runs_the_machine(desk)
    order = ordering.backup_order(desk.inst) if runs_the_machine else None
    return desk.draw(
        "workplace/settings/backup.html",
        status=status,
        last=desk.words.moment(state.last, zone) if state.last else "",
        state=state,
        troubles=glance(desk.inst) if runs_the_machine else (),
        places=tuple(map(str, state.key_places)) if runs_the_machine else (),
        runs_the_machine=runs_the_machine,
        is_ordered=order is not None and order.trouble is None,
        trouble=order.trouble if order is not None else None,
        here=BACKUP,
        start=START,
    )
