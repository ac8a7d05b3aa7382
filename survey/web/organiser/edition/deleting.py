"""Giving up a planned edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.delete_form import DeleteForm
from survey import editing
from survey.errors import NotAllowed, problem

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk


def show_deletion(desk: Desk) -> Response:
    """What would be gone, and the short name to be typed."""
    record = desk.edition()
    _require_planned(record)
    return _draw(desk, record, DeleteForm())


def receive_deletion(desk: Desk) -> Response:
    """The edition is gone."""
    record = desk.edition()
    _require_planned(record)
    form = DeleteForm.typed(desk.fields)
    form.expected = record.name
    if not form.validate():
        return _draw(desk, record, form, status=422)
    editing.delete_planned(desk.inst, record)
    notice = desk.words.gettext("Die Ausgabe „%(title)s“ ist gelöscht.") % {
        "title": record.edition.title
    }
    return desk.go("/arbeit/ausgaben", notice=notice)


def _require_planned(record: EditionRecord) -> None:
    if record.opens is not None:
        raise NotAllowed(
            problem(
                "Diese Ausgabe war schon für Antworten geöffnet. Sie lässt sich nicht mehr löschen."
            )
        )


def _draw(desk: Desk, record: EditionRecord, form: DeleteForm, *, status: int = 200) -> Response:
    return desk.draw(
        "workplace/edition/deletion.html",
        status=status,
        edition=record,
        form=form,
        people=editing.people_of(desk.inst, record),
    )
