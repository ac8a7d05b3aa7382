"""A new edition from an earlier one, in a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.beginning_form import BeginningForm, typed_beginning
from forms.typed_number import typed_number
from survey import editing
from survey.planning.decisions import Preparation, decided_from
from survey.web.organiser.editions.creating import create_and_look_through
from survey.web.workplace.handed_on import handed_on

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk


def show_copy(desk: Desk) -> Response:
    """What is proposed for the next edition."""
    source = desk.edition()
    years = editing.years_to_propose(desk.inst, source)
    asked = desk.asked("jahr")
    year = found if (found := typed_number(asked)) in years else None
    proposal = editing.propose_copy(desk.inst, source, year=year)
    form = BeginningForm(data=typed_beginning(proposal, zone=desk.inst.settings.zone))
    return _draw(desk, source, form)


def receive_copy(desk: Desk) -> Response:
    """The new edition is there, planned."""
    source = desk.edition()
    form = BeginningForm.typed(desk.fields)
    form.name_formats(desk.words)
    if not form.validate():
        return _draw(desk, source, form, status=422)
    beginning = form.beginning(zone=desk.inst.settings.zone)
    edition = editing.copy_of(desk.inst, source, beginning)
    return create_and_look_through(
        desk,
        edition,
        source=source,
        otherwise=lambda others: _draw(desk, source, form, others=others, status=422),
    )


def _draw(
    desk: Desk,
    source: EditionRecord,
    form: BeginningForm,
    *,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    form.name_formats(desk.words)
    programme = source.edition.programme
    return desk.draw(
        "workplace/editions/copy.html",
        status=status,
        source=source.edition,
        handed_on=handed_on(desk, Preparation(source, decided_from(desk.inst, source))),
        form=form,
        others=others,
        years=editing.years_to_propose(desk.inst, source),
        is_announced=_is_announced(source, form, zone=desk.inst.settings.zone),
        shown_year=form.starts.data.year if form.starts.data else 0,
        questions=sum(len(s.items) for s in source.edition.questionnaire.sections),
        has_recordings=any(s.recording for s in programme.sessions),
        has_cancelled=any(s.is_cancelled for s in programme.sessions),
        has_speakers=any(s.speakers for s in programme.sessions),
    )


def _is_announced(source: EditionRecord, form: BeginningForm, *, zone: ZoneInfo) -> bool:
    coming = source.edition.next_edition
    return coming is not None and coming.starts.astimezone(zone).date() == form.starts.data
