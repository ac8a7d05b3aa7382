"""The list of editions, the ways to a new one, an edition's facts and its programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.workplace.steps import press, press_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.workplace.office import Office

LIST = "/arbeit/ausgaben"
PLANNED = f"{LIST}/ikone2"
OPEN = f"{LIST}/kk2020"

PAGES: dict[str, str] = {
    "editions": LIST,
    "editions of a series": f"{LIST}?reihe=ikone",
    "a new edition": f"{LIST}/neu",
    "a copy": f"{LIST}/neu/aus/kk2020",
    "from a template": f"{LIST}/neu/vorlage/schulung",
    "from a file": f"{LIST}/neu/datei",
    "to look through": f"{PLANNED}/angaben/durchsehen",
    "facts of a planned edition": f"{PLANNED}/angaben",
    "facts of an open edition": f"{OPEN}/angaben",
    "facts: the event": f"{PLANNED}/angaben/veranstaltung",
    "facts: days": f"{PLANNED}/angaben/tage",
    "facts: days, frozen": f"{OPEN}/angaben/tage",
    "facts: privacy": f"{OPEN}/angaben/datenschutz",
    "facts: results": f"{PLANNED}/angaben/auswertung",
    "facts: the next date": f"{PLANNED}/angaben/naechste",
    "a changed file": f"{PLANNED}/angaben/einlesen",
    "before an edition is deleted": f"{PLANNED}/angaben/loeschen",
    "programme of a planned edition": f"{PLANNED}/programm",
    "programme of an open edition": f"{OPEN}/programm",
    "a new session": f"{PLANNED}/programm/neuer-punkt?runde=neu",
    "a session": f"{PLANNED}/programm/punkte/mainz",
    "a session, frozen": f"{OPEN}/programm/punkte/ws01",
    "before a session is removed": f"{PLANNED}/programm/punkte/mainz/entfernen",
    "a session that was booked": f"{OPEN}/programm/punkte/ws01/entfernen",
    "before a session is cancelled": f"{OPEN}/programm/punkte/ws01/ausgefallen",
    "a round": f"{OPEN}/programm/runden/round1",
}


def _refused_copy(page: Page, office: Office) -> None:
    page.goto(office.at(f"{LIST}/neu/aus/kk2020"))
    page.fill("#title", "")
    page.fill("#starts-month", "13")
    page.fill("#name", "Neu!")
    press(page, office, "Ausgabe anlegen")


def _refused_file(page: Page, office: Office) -> None:
    page.goto(office.at(f"{LIST}/neu/datei"))
    page.fill("#text", 'name = "x"\nkind = "ball"\n')
    press(page, office, "Ausgabe anlegen")


def _previewed_file(page: Page, office: Office) -> None:
    text = page.request.get(f"{office.address}{PLANNED}/angaben/datei").text()
    page.goto(office.at(f"{PLANNED}/angaben/einlesen"))
    page.fill("#text", text.replace("Zweite", "Dritte"))
    press(page, office, "Änderungen ansehen")


def _refused_session(page: Page, office: Office) -> None:
    page.goto(office.at(f"{PLANNED}/programm/neuer-punkt"))
    page.fill("#recording", "video.example")
    press_at(page, "main button[type=submit]")


def _refused_deletion(page: Page, office: Office) -> None:
    page.goto(office.at(f"{PLANNED}/angaben/loeschen"))
    press_at(page, "main button.danger")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "a copy, refused": _refused_copy,
    "a file, refused": _refused_file,
    "a file, previewed": _previewed_file,
    "a session, refused": _refused_session,
    "a deletion, refused": _refused_deletion,
}
