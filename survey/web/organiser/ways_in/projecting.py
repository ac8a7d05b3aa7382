"""The open link for a wall: a huge code, the address to type, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from survey import asking_openly
from survey.errors import NotAllowed, problem
from survey.model.event import EditionState
from survey.model.ways_in import OpenLink
from survey.web.attachment import SANDBOX
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

DARK = "dunkel"


def project(desk: Desk) -> Response:
    """The page for the wall, light or dark."""
    record = _with_link(desk)
    is_dark = desk.asked("farbe") == DARK
    here = edition_address(record, "zugaenge", "projizieren")
    address = asking_openly.open_address(desk.inst, record).partition("://")[2]
    closes = record.closes or record.edition.deadline
    return desk.draw(
        "workplace/ways_in/project.html",
        edition=record,
        code=edition_address(record, "zugaenge", "code.svg"),
        host=address.partition("/")[0],
        rest=address.partition("/")[2].partition("/")[2],
        is_dark=is_dark,
        other=here if is_dark else f"{here}?farbe={DARK}",
        back=edition_address(record, "zugaenge"),
        closes=desk.words.moment(closes, desk.inst.settings.zone),
        is_open=record.state(desk.inst.clock()) is EditionState.OPEN,
    )


def show_code(desk: Desk) -> Response:
    """The code alone, as an image of its own."""
    from exports.link_code import link_code  # noqa: PLC0415 -- only who looks at the code needs it

    record = _with_link(desk)
    image = link_code(asking_openly.open_address(desk.inst, record)).svg()
    headers = {"Content-Security-Policy": SANDBOX}
    return Response(image, 200, headers, media_type="image/svg+xml")


def _with_link(desk: Desk) -> EditionRecord:
    record = desk.edition()
    if asking_openly.ways_of(desk.inst, record).link is not OpenLink.ON:
        raise NotAllowed(problem("Für diese Ausgabe ist kein offener Link eingeschaltet."))
    return record
