"""Where what the check found is mended: problems name paths of an edition, pages have addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.settings.backups import BACKUP
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from survey.model.event import EditionRecord

_ELSEWHERE = {
    "mail_check": "/arbeit/mailpruefung",
    "keys": BACKUP,
    "settings": "/arbeit/einstellungen",
}
_ROOMS = {
    "participants": ("teilnehmende",),
    "programme": ("programm",),
    "schedule": ("versand",),
    "questionnaire": ("fragebogen",),
    "deadline": ("angaben", "tage"),
    "sender": ("angaben", "absender"),
    "contact": ("angaben", "absender"),
    "contact_name": ("angaben", "absender"),
    "text_readers": ("angaben", "absender"),
    "data_protection_contact": ("angaben", "datenschutz"),
    "breakdown": ("angaben", "auswertung"),
    "disclosure_threshold": ("angaben", "auswertung"),
    "languages": ("fragebogen",),
}
_SECTIONS = "questionnaire.sections."
_ITEMS = "questionnaire."


def mending_address(record: EditionRecord, place: str) -> str:
    """The page that mends a problem at that path."""
    if place in _ELSEWHERE:
        return _ELSEWHERE[place]
    if place.startswith(_SECTIONS):
        return edition_address(record, "fragebogen", "abschnitt", place.removeprefix(_SECTIONS))
    if place.startswith(_ITEMS):
        return edition_address(record, "fragebogen", "frage", place.removeprefix(_ITEMS))
    return edition_address(record, *_ROOMS[place])
