"""What to look at in a new edition, with the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.looking_through import Room, looks
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_looks(desk: Desk) -> Response:
    """A list to go through after an edition was made, or any time later."""
    record = desk.edition()
    say = desk.words.gettext
    names = {
        Room.EVENT: say("Veranstaltung ändern"),
        Room.DAYS: say("Tage und Frist ändern"),
        Room.SENDER: say("Absender und Kontakt ändern"),
        Room.PRIVACY: say("Datenschutzangaben ändern"),
        Room.NEXT: say("Nächsten Termin eintragen"),
        Room.PROGRAMME: say("Zum Programm"),
        Room.QUESTIONNAIRE: say("Zum Fragebogen"),
    }
    found = looks(record.edition)
    return desk.draw(
        "workplace/edition/looking_through.html",
        edition=record,
        rooms=[
            (edition_address(record, room.value), name, [k.what for k in found if k.room is room])
            for room, name in names.items()
            if any(k.room is room for k in found)
        ],
    )
