"""The open link takes no answers any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import asking_openly
from survey.errors import NotAllowed, problem
from survey.model.ways_in import OpenLink
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def ask_before_ending(desk: Desk) -> Response:
    """What ending it does."""
    record = desk.edition()
    ways = asking_openly.ways_of(desk.inst, record)
    if ways.link is not OpenLink.ON or record.opens is None:
        raise NotAllowed(problem("Der offene Link nimmt keine Antworten an."))
    back = edition_address(record, "zugaenge")
    return desk.draw("workplace/ways_in/end_link.html", edition=record, back=back)


def end(desk: Desk) -> Response:
    """It has ended."""
    record = desk.edition()
    asking_openly.end_link(desk.inst, record.name)
    notice = desk.words.gettext("Der offene Link nimmt keine Antworten mehr an.")
    return desk.go(edition_address(record, "zugaenge"), notice=notice)
