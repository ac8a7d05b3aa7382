"""Where what the check found is mended: problems name paths of an edition, pages have addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from survey.model.event import EditionRecord

_ROOMS = {
    "participants": ("teilnehmende",),
    "programme": ("programm",),
    "schedule": ("versand",),
    "questionnaire": ("fragebogen",),
}
_SECTIONS = "questionnaire.sections."
_ITEMS = "questionnaire."


def mending_address(record: EditionRecord, place: str) -> str:
    """The page that mends a problem at that path; everything else stands among the edition's details."""
    if place == "mail_check":
        return "/arbeit/mailpruefung"
    if place in {"keys", "settings"}:
        return "/arbeit/einstellungen"
    if place in _ROOMS:
        return edition_address(record, *_ROOMS[place])
    if place.startswith(_SECTIONS):
        return edition_address(record, "fragebogen", "abschnitt", place.removeprefix(_SECTIONS))
    if place.startswith(_ITEMS):
        return edition_address(record, "fragebogen", "frage", place.removeprefix(_ITEMS))
    return edition_address(record, "angaben")
