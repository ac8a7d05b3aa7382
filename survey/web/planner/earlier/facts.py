"""What is known of an edition from elsewhere besides its answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.earlier_forms import EarlierFactsForm
from survey.earlier.importing import SAME_DAY
from survey.web.planner.earlier.held import (
    UNPROCESSABLE,
    Busy,
    busy_with,
    gone,
    keep,
    new_address,
)

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_facts(desk: Desk) -> Response:
    """Title, day, format, source, and how many there were."""
    busy = busy_with(desk)
    if busy is None:
        return gone(desk)
    form = EarlierFactsForm(data=EarlierFactsForm.shown(busy.chosen.facts))
    return _page(desk, busy, form)


def give_facts(desk: Desk) -> Response:
    """They are kept; on to the questions."""
    busy = busy_with(desk)
    if busy is None:
        return gone(desk)
    form = EarlierFactsForm.typed(desk.fields)
    form.name_formats(desk.words)
    today = desk.inst.clock().astimezone(desk.inst.settings.zone).date()
    if not form.is_sound(today=today):
        return _page(desk, busy, form)
    facts = form.facts()
    if facts.starts in {edition.starts.isoformat() for edition in busy.series.earlier}:
        # It would be refused in the end anyhow: then nobody should match its questions first.
        form.starts.errors = [SAME_DAY]
        return _page(desk, busy, form)
    keep(desk, busy, replace(busy.chosen, facts=facts))
    return desk.go(new_address(busy.series, "fragen"))


def _page(desk: Desk, busy: Busy, form: EarlierFactsForm) -> Response:
    form.name_formats(desk.words)
    return desk.draw(
        "workplace/earlier/facts.html",
        status=UNPROCESSABLE if form.complaints() else 200,
        series=busy.series,
        survey=busy.chosen.survey,
        form=form,
        held=busy.held,
        here=new_address(busy.series),
    )
