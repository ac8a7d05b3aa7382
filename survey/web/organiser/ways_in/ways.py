"""Which other ways into the form there are, and what each is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.running_forms import LINK, PAPER, WaysInForm
from survey import asking_openly
from survey.errors import NotAllowed
from survey.model.event import EditionState
from survey.model.ways_in import OpenLink, WaysIn
from survey.reporting.standing import standing
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def show_ways(desk: Desk) -> Response:
    """The ways in, as they are."""
    record = desk.edition()
    ways = asking_openly.ways_of(desk.inst, record)
    return _draw(desk, record, ways, _form(desk, record, ways))


def choose(desk: Desk) -> Response:
    """Ways are switched on or off."""
    record = desk.edition()
    before = asking_openly.ways_of(desk.inst, record)
    form = _form(desk, record, before)
    if not form.validate():
        return _draw(desk, record, before, form, status=UNPROCESSABLE)
    is_fixed = record.opens is not None
    chosen = WaysIn(
        before.link if is_fixed else OpenLink.ON if LINK in form.ways.data else OpenLink.OFF,
        before.takes_paper if is_fixed else PAPER in form.ways.data,
        " ".join((form.typist.data or "").split()),
        " ".join((form.return_to.data or "").split()),
    )
    try:
        asking_openly.choose_ways(desk.inst, record.name, chosen)
    except NotAllowed as refused:
        return _draw(desk, record, before, form, (refused.why,), status=UNPROCESSABLE)
    here = edition_address(record, "zugaenge")
    return desk.go(here, notice=desk.words.gettext("Die Zugänge sind gespeichert."))


def _form(desk: Desk, record: EditionRecord, ways: WaysIn) -> WaysInForm:
    form: WaysInForm = WaysInForm.typed(desk.fields, typist=ways.typist, return_to=ways.return_to)
    form.name_ways(desk.words.gettext)
    # A box that is not sent counts as unticked; but nothing was sent yet, or it is no longer asked.
    if desk.visit.request.method == "GET" or record.opens is not None:
        ticked = {LINK: ways.link is OpenLink.ON, PAPER: ways.takes_paper}
        form.ways.data = [way for way, is_ticked in ticked.items() if is_ticked]
    return form


def _draw(
    desk: Desk,
    record: EditionRecord,
    ways: WaysIn,
    form: WaysInForm,
    others: tuple[Problem, ...] = (),
    *,
    status: int = 200,
) -> Response:
    found = standing(desk.inst, record.name)
    now = desk.inst.clock()
    return desk.draw(
        "workplace/ways_in/ways.html",
        status=status,
        edition=record,
        form=form,
        others=others,
        ways=ways,
        is_on=ways.link is OpenLink.ON,
        is_ended=ways.link is OpenLink.ENDED,
        is_planned=record.opens is None,
        is_open=record.state(now) is EditionState.OPEN,
        takes_answers=record.takes_answers(now),
        address=asking_openly.open_address(desk.inst, record),
        here=edition_address(record, "zugaenge"),
        has_too_many=ways.has_too_many(found.responses),
        responses=found.responses,
    )
