"""Editions from elsewhere, from the file to the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.steps import follow, posted, press, press_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_EARLIER = "/arbeit/reihen/kommunalkongress/frueher"
_NEW = f"{_EARLIER}/neu"
_FREQUENCIES = (
    "Frage;Antwort;Anzahl\n"
    "Wie war der Kongress?;sehr gut;14\n;gut;24\n;mittel;12\n;schlecht;6\n;sehr schlecht;2\n"
    "Würden Sie den Kongress weiterempfehlen?;9;30\n;3;20\n"
    "Wie war das Essen?;gut;30\n;schlecht;20\n"
)
_ANSWERS = (
    "Wie war der Kongress?;Was sollen wir ändern?\nsehr gut;Mehr Pausen\n"
    + "gut;Weniger Folien\n" * 12
)

PAGES = {
    "earlier editions": _EARLIER,
    "upload of an earlier edition": _NEW,
}


def _upload(page: Page, office: Office, content: str = _FREQUENCIES) -> None:
    page.goto(office.at(_NEW))
    file = {"name": "kk2017.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files("#file", file)  # type: ignore[arg-type]  # a file that is in no folder
    press(page, office, "Datei hochladen")


def _refused(page: Page, office: Office) -> None:
    _upload(page, office, "Frage;Antwort;Anzahl\nA;gut;40 %\n")


def _facts_refused(page: Page, office: Office) -> None:
    _upload(page, office)
    press(page, office, "Weiter")


def _questions(
    page: Page, office: Office, *, year: str = "2017", content: str = _FREQUENCIES
) -> None:
    _upload(page, office, content)
    page.fill("#title", f"Kommunalkongress {year}")
    for part, value in (("day", "15"), ("month", "9"), ("year", year)):
        page.fill(f"#starts-{part}", value)
    page.check("#format-0")
    page.fill("#source", "Tabelle aus dem Archiv")
    page.fill("#invited", "150")
    press(page, office, "Weiter")


def _mapping_refused(page: Page, office: Office) -> None:
    _questions(page, office)
    press(page, office, "Zuordnung hochladen")


def _question(page: Page, office: Office) -> None:
    _questions(page, office)
    page.goto(office.at(f"{_NEW}/fragen/1"))


def _question_refused(page: Page, office: Office) -> None:
    _question(page, office)
    page.select_option("#answer-0", "")
    press(page, office, "Zuordnung speichern")


def _preview(page: Page, office: Office) -> None:
    _questions(page, office)
    press(page, office, "Weiter zur Prüfung")


def _missing(page: Page, office: Office) -> None:
    _upload(page, office)
    page.goto(office.at(f"{_NEW}/pruefen"))


def _imported(page: Page, office: Office) -> None:
    _preview(page, office)
    page.fill("#mapping_name", "Archiv")
    press(page, office, "Frühere Ausgabe einlesen")


def _list_of_editions(page: Page, office: Office) -> None:
    _imported(page, office)
    page.goto(office.at(_EARLIER))


def _deletion(page: Page, office: Office) -> None:
    _imported(page, office)
    follow(page, office, "Frühere Ausgabe löschen")


def _with_structure(page: Page, office: Office) -> None:
    _questions(page, office, content=_ANSWERS)
    press_at(page, "main form[action$='/aufbau'] button")


def _dropped(page: Page, office: Office) -> None:
    _questions(page, office)
    press(page, office, "Datei verwerfen")


def _question_kept(page: Page, office: Office) -> None:
    _question(page, office)
    press(page, office, "Zuordnung speichern")


def _name_refused(page: Page, office: Office) -> None:
    _imported(page, office)
    _upload(page, office)
    page.fill("#title", "Kommunalkongress 2017")
    press(page, office, "Weiter")


def _moved_meanwhile(page: Page, office: Office) -> None:
    _preview(page, office)
    held = page.locator("form[action$='/einlesen'] [name=_revision]").get_attribute("value") or ""
    posted(page, office.at(f"{_NEW}/einlesen"), {"_revision": f"{held.partition('.')[0]}.0"})


def _kept_mapping(page: Page, office: Office) -> None:
    _imported(page, office)
    _questions(page, office, year="2016")
    press(page, office, "Zuordnung übernehmen")


def _mapping_to_delete(page: Page, office: Office) -> None:
    _imported(page, office)
    page.goto(office.at(_EARLIER))
    press_at(page, "main a[href*='/zuordnungen/'][href$='/loeschen']")


def _mapping_deleted(page: Page, office: Office) -> None:
    _mapping_to_delete(page, office)
    press_at(page, "main form button[type=submit]")


def _deleted(page: Page, office: Office) -> None:
    _deletion(page, office)
    press_at(page, "main form button[type=submit]")


def _facts(page: Page, office: Office) -> None:
    _upload(page, office)
    page.goto(office.at(f"{_NEW}/angaben"))


def _nothing_chosen(page: Page, office: Office) -> None:
    _questions(page, office)
    for choice in page.locator("main form select").all():
        choice.select_option(index=0)
    press(page, office, "Weiter zur Prüfung")


STATES: dict[str, Callable[[Page, Office], None]] = {
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
    "structure refused": _with_structure,
    "a file dropped": _dropped,
    "a question kept": _question_kept,
    "an edition that is there already": _name_refused,
    "an import that moved meanwhile": _moved_meanwhile,
    "a kept mapping": _kept_mapping,
    "before a mapping is deleted": _mapping_to_delete,
    "a mapping deleted": _mapping_deleted,
    "an earlier edition deleted": _deleted,
    "facts of an earlier edition": _facts,
    "no question chosen": _nothing_chosen,
}
