"""How many people were there: entered by the organiser, since no link counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.running_forms import AttendanceForm
from survey import asking_openly
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def ask_attendance(desk: Desk) -> Response:
    """The number, to be entered or changed."""
    record = desk.edition()
    known = asking_openly.ways_of(desk.inst, record).attended
    form = AttendanceForm.typed(desk.fields, attended="" if known is None else str(known))
    return _draw(desk, record, form)


def note(desk: Desk) -> Response:
    """The number is kept."""
    record = desk.edition()
    form: AttendanceForm = AttendanceForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, record, form, status=UNPROCESSABLE)
    asking_openly.note_attendance(desk.inst, record.name, form.people())
    notice = desk.words.gettext("Die Zahl der Anwesenden ist gespeichert.")
    return desk.go(edition_address(record, "zugaenge"), notice=notice)


def _draw(
    desk: Desk, record: EditionRecord, form: AttendanceForm, *, status: int = 200
) -> Response:
    return desk.draw(
        "workplace/ways_in/attendance.html",
        status=status,
        edition=record,
        form=form,
        back=edition_address(record, "zugaenge"),
    )
