"""The list of editions, the ways to a new one, an edition's facts and its programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.steps import meanwhile_changed, press, press_at, sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

LIST = "/arbeit/ausgaben"
PLANNED = f"{LIST}/ikone2"
OPEN = f"{LIST}/kk2020"
COPY = f"{LIST}/kopie"

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
    "from the template of a congress": f"{LIST}/neu/vorlage/kongress",
    "from the template of a network call": f"{LIST}/neu/vorlage/netzwerktreffen",
    "from the template of workshops": f"{LIST}/neu/vorlage/workshop-reihe",
    "facts: sender": f"{PLANNED}/angaben/absender",
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


def _in_two_rounds(page: Page, office: Office) -> None:
    """A copy of the congress: planned, with rounds."""
    sent(f"{LIST}/neu/aus/kk2020", {"#name": "kopie"})(page, office)


def _booking(page: Page, office: Office) -> None:
    _in_two_rounds(page, office)
    page.goto(office.at(f"{COPY}/programm/buchung"))


def _round_to_be_removed(page: Page, office: Office) -> None:
    _in_two_rounds(page, office)
    page.goto(office.at(f"{COPY}/programm/runden/round1/entfernen"))


def _round_changed_meanwhile(page: Page, office: Office) -> None:
    _in_two_rounds(page, office)
    meanwhile_changed(f"{COPY}/programm/runden/round1/entfernen")(page, office)


def _deleted(page: Page, office: Office) -> None:
    page.goto(office.at(f"{PLANNED}/angaben/loeschen"))
    page.fill("main form input[type=text]", "ikone2")
    press_at(page, "main button.danger")


def _too_large(page: Page, office: Office) -> None:
    page.goto(office.at(f"{LIST}/neu/datei"))
    page.fill("#text", "x" * 300_000)
    press(page, office, "Ausgabe anlegen")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "a copy, refused": _refused_copy,
    "a file, refused": _refused_file,
    "a file, previewed": _previewed_file,
    "a session, refused": _refused_session,
    "a deletion, refused": _refused_deletion,
    "a copy, made": _in_two_rounds,
    "sessions per person": _booking,
    "before a round is removed": _round_to_be_removed,
    "a round, changed meanwhile": _round_changed_meanwhile,
    "a session removed, changed meanwhile": meanwhile_changed(
        f"{PLANNED}/programm/punkte/mainz/entfernen"
    ),
    "a session cancelled, changed meanwhile": meanwhile_changed(
        f"{OPEN}/programm/punkte/ws01/ausgefallen"
    ),
    "a session cancelled": sent(f"{OPEN}/programm/punkte/ws01/ausgefallen"),
    "a session moved": sent(f"{PLANNED}/programm", button="main button[name=_move]"),
    "a session moved, changed meanwhile": meanwhile_changed(
        f"{PLANNED}/programm", button="main button[name=_move]"
    ),
    "an edition, deleted": _deleted,
    "a file that is too large": _too_large,
}
