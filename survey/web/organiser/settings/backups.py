"""Backups: when the last one was made, what is wrong with them, and making one now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import housekeeping
from survey.errors import BackupRefused, problem
from survey.keeping.doctor import glance
from survey.model.workplace import MAIN_ORGANISATION
from survey.web.organiser.settings.sections import START

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.web.workplace.desk import Desk

BACKUP = f"{START}/sicherung"


def show_backups(desk: Desk) -> Response:
    """How things stand."""
    return _draw(desk)


def back_up(desk: Desk) -> Response:
    """A proven backup is made now."""
    if not _runs_the_machine(desk):
        return _draw(desk, status=403)
    try:
        housekeeping.back_up(desk.inst)
    except BackupRefused as refused:
        return _draw(desk, status=409, others=(refused.why,))
    except OSError as error:  # a full or missing disk: nothing was kept
        why = problem("Die Sicherung ist am System gescheitert: %(why)s", why=error.strerror or "")
        return _draw(desk, status=503, others=(why,))
    return desk.go(BACKUP, notice=desk.words.gettext("Die Sicherung ist gemacht und geprüft."))


def _runs_the_machine(desk: Desk) -> bool:
    # What is said of the machine names its folders: that is for the organisation that runs it.
    return desk.organisation.id == MAIN_ORGANISATION


def _draw(desk: Desk, *, status: int = 200, others: tuple[Problem, ...] = ()) -> Response:
    state = housekeeping.backup_state(desk.inst, desk.organisation.id)
    zone = desk.inst.settings.zone
    runs_the_machine = _runs_the_machine(desk)
    return desk.draw(
        "workplace/settings/backup.html",
        status=status,
        last=desk.words.moment(state.last, zone) if state.last else "",
        state=state,
        troubles=glance(desk.inst) if runs_the_machine else (),
        places=tuple(map(str, state.key_places)) if runs_the_machine else (),
        runs_the_machine=runs_the_machine,
        others=others,
        start=START,
    )
