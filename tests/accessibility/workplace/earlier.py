"""Editions from elsewhere, from the file to the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

_EARLIER = "/arbeit/reihen/kommunalkongress/frueher"
_NEW = f"{_EARLIER}/neu"
_FREQUENCIES = (
    "Frage;Antwort;Anzahl\n"
    "Wie war der Kongress?;sehr gut;14\n;gut;24\n;mittel;12\n;schlecht;6\n;sehr schlecht;2\n"
    "Würden Sie den Kongress weiterempfehlen?;9;30\n;3;20\n"
    "Wie war das Essen?;gut;30\n;schlecht;20\n"
)

PAGES = {
    "earlier editions": _EARLIER,
    "upload of an earlier edition": _NEW,
}


def _upload(page: Page, base: str, content: str = _FREQUENCIES) -> None:
    page.goto(base + _NEW)
    file = {"name": "kk2017.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files("#file", file)  # type: ignore[arg-type]  # a file that is in no folder
    page.get_by_role("button", name="Datei hochladen").click()


def _refused(page: Page, base: str) -> None:
    _upload(page, base, "Frage;Antwort;Anzahl\nA;gut;40 %\n")


def _facts_refused(page: Page, base: str) -> None:
    _upload(page, base)
    page.get_by_role("button", name="Weiter").click()


def _questions(page: Page, base: str) -> None:
    _upload(page, base)
    page.fill("#title", "Kommunalkongress 2017")
    for part, value in (("day", "15"), ("month", "9"), ("year", "2017")):
        page.fill(f"#starts-{part}", value)
    page.check("#format-0")
    page.fill("#source", "Tabelle aus dem Archiv")
    page.fill("#invited", "150")
    page.get_by_role("button", name="Weiter").click()


def _mapping_refused(page: Page, base: str) -> None:
    _questions(page, base)
    page.get_by_role("button", name="Zuordnung hochladen").click()


def _question(page: Page, base: str) -> None:
    _questions(page, base)
    page.goto(f"{base}{_NEW}/fragen/1")


def _question_refused(page: Page, base: str) -> None:
    _question(page, base)
    page.select_option("#answer-0", "")
    page.get_by_role("button", name="Zuordnung speichern").click()


def _preview(page: Page, base: str) -> None:
    _questions(page, base)
    page.get_by_role("button", name="Weiter zur Prüfung").click()


def _missing(page: Page, base: str) -> None:
    _upload(page, base)
    page.goto(f"{base}{_NEW}/pruefen")


def _imported(page: Page, base: str) -> None:
    page.goto(base + _EARLIER)
    if page.get_by_role("link", name="Kommunalkongress 2017").count():
        page.get_by_role("link", name="Kommunalkongress 2017").click()
        return
    _preview(page, base)
    page.fill("#mapping_name", "Archiv")
    page.get_by_role("button", name="Frühere Ausgabe einlesen").click()


def _list_of_editions(page: Page, base: str) -> None:
    _imported(page, base)
    page.goto(base + _EARLIER)


def _deletion(page: Page, base: str) -> None:
    _imported(page, base)
    page.get_by_role("link", name="Frühere Ausgabe löschen").click()


STATES: dict[str, Callable[[Page, str], None]] = {
    "refused file": _refused,
    "facts refused": _facts_refused,
    "questions": _questions,
    "mapping refused": _mapping_refused,
    "question": _question,
    "question refused": _question_refused,
    "preview": _preview,
    "something missing": _missing,
    "earlier edition": _imported,
    "earlier editions and mappings": _list_of_editions,
    "deletion of an earlier edition": _deletion,
}
