"""Every form that can be refused, sent with nothing in it or with something impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.steps import emptied, meanwhile_changed, posted, sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_EDITIONS = "/arbeit/ausgaben"
_OPEN = f"{_EDITIONS}/kk2020"
_PLANNED = f"{_EDITIONS}/ikone2"
_RESULTS = f"{_EDITIONS}/kk2019/ergebnisse"
_SETTINGS = "/arbeit/einstellungen"

_EMPTY = {
    "own account": "/arbeit/konto",
    "own password": "/arbeit/konto/passwort",
    "congress": f"{_EDITIONS}/neu/vorlage/kongress",
    "network call": f"{_EDITIONS}/neu/vorlage/netzwerktreffen",
    "workshops": f"{_EDITIONS}/neu/vorlage/workshop-reihe",
    "training": f"{_EDITIONS}/neu/vorlage/schulung",
    "file of an edition": f"{_PLANNED}/angaben/einlesen",
    "event": f"{_PLANNED}/angaben/veranstaltung",
    "days": f"{_PLANNED}/angaben/tage",
    "sender": f"{_PLANNED}/angaben/absender",
    "privacy": f"{_PLANNED}/angaben/datenschutz",
    "results of an edition": f"{_PLANNED}/angaben/auswertung",
    "next date": f"{_PLANNED}/angaben/naechste",
    "session": f"{_PLANNED}/programm/punkte/mainz",
    "round": f"{_OPEN}/programm/runden/round1",
    "section": f"{_PLANNED}/fragebogen/abschnitt/call",
    "new question": f"{_PLANNED}/fragebogen/neue-frage?art=multiple_choice",
    "late registration": f"{_OPEN}/teilnehmende/neu",
    "list of participants": f"{_OPEN}/teilnehmende/liste",
    "invitations": f"{_PLANNED}/versand/einladung",
    "theme": f"{_RESULTS}/themen",
    "public page": f"{_RESULTS}/veroeffentlichen",
    "session to be shared": f"{_RESULTS}/punkte/ws01/teilen",
    "name of the organisation": f"{_SETTINGS}/name",
    "limits": f"{_SETTINGS}/fristen",
    "data protection": f"{_SETTINGS}/datenschutz",
    "logo": f"{_SETTINGS}/logo",
    "access for programs": f"{_SETTINGS}/zugang",
    "earlier edition": "/arbeit/reihen/kommunalkongress/frueher/neu",
}


def _posted(start: str, path: str, **fields: str) -> Callable[[Page, Office], None]:
    """Something that the page's own form would never send."""

    def go(page: Page, office: Office) -> None:
        page.goto(office.at(start))
        posted(page, office.at(path), fields)

    return go


STATES: dict[str, Callable[[Page, Office], None]] = {
    **{f"{name}, nothing filled in": emptied(path) for name, path in _EMPTY.items()},
    "next date, impossible": sent(
        f"{_PLANNED}/angaben/naechste", {"main form[method=post] input[type=text] >> nth=0": "99"}
    ),
    "new version, twice": _posted(f"{_RESULTS}/fassung", f"{_RESULTS}/fassung"),
    "warnings nobody read": _posted(f"{_PLANNED}/pruefung", f"{_PLANNED}/pruefung"),
    "thanks before anything": _posted(f"{_PLANNED}/versand", f"{_PLANNED}/versand/dank"),
    "a reminder before anything": _posted(f"{_PLANNED}/versand", f"{_PLANNED}/versand/erinnerung"),
    "headers of a mail, none": _posted(
        "/arbeit/mailpruefung",
        "/arbeit/mailpruefung/kopfzeilen",
        sender="kongress@example.org",
        headers="x",
    ),
    "sessions per person, impossible": _posted(
        f"{_PLANNED}/programm/buchung", f"{_PLANNED}/programm/buchung", most="viele"
    ),
    "a question to another section, changed meanwhile": meanwhile_changed(
        f"{_PLANNED}/fragebogen/frage/overall", button="main form[action*='/verschieben'] button"
    ),
}
