"""The people of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

_PEOPLE = "/arbeit/ausgaben/kk2020/teilnehmende"
_LIST = (
    "E-Mail;Name;Runde 1;Bemerkung\n"
    "lena@example.org;Lena Lang;Digitale Stadt;vegetarisch\n"
    "max(at)example.org;Max Mai;Stadt von morgen;\n"
    ";Nora Noll;;\n"
)

PAGES = {
    "participants": _PEOPLE,
    "participants in English": f"{_PEOPLE}?sprache=en",
    "participants searched": f"{_PEOPLE}?suche=a",
    "nobody found": f"{_PEOPLE}?suche=niemand-heisst-so",
    "late registration": f"{_PEOPLE}/neu",
    "undeliverable": f"{_PEOPLE}/unzustellbar",
    "upload of a list": f"{_PEOPLE}/liste",
    "information by address": f"{_PEOPLE}/auskunft?adresse=niemand%40example.org",
    "participants of a counted edition": "/arbeit/ausgaben/kk2019/teilnehmende",
    "participants of a planned edition": "/arbeit/ausgaben/ikone2/teilnehmende",
}


def _first_person(page: Page, base: str) -> str:
    page.goto(base + _PEOPLE)
    page.click(".people tbody a")
    return page.url.partition("?")[0]


def _person(page: Page, base: str) -> None:
    _first_person(page, base)


def _person_refused(page: Page, base: str) -> None:
    _first_person(page, base)
    page.fill("#address", "anna(at)example.org")
    page.get_by_role("button", name="Angaben speichern").click()


def _withdrawal(page: Page, base: str) -> None:
    page.goto(f"{_first_person(page, base)}/abmelden")


def _deletion(page: Page, base: str) -> None:
    page.goto(f"{_first_person(page, base)}/loeschen")


def _information(page: Page, base: str) -> None:
    page.goto(f"{_first_person(page, base)}/auskunft")


def _columns(page: Page, base: str) -> None:
    page.goto(f"{base}{_PEOPLE}/liste")
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": _LIST.encode()}
    page.set_input_files("#list", file)  # type: ignore[arg-type]  # a file out of memory
    page.locator("main").get_by_role("button", name="Liste hochladen").click()


def _column_refused(page: Page, base: str) -> None:
    _columns(page, base)
    page.select_option("#column-0", "nothing")
    page.get_by_role("button", name="Weiter").click()


def _sessions(page: Page, base: str) -> None:
    _columns(page, base)
    page.get_by_role("button", name="Weiter").click()


def _faulty_lines(page: Page, base: str) -> None:
    _sessions(page, base)
    page.get_by_role("button", name="Weiter").click()


def _preview(page: Page, base: str) -> None:
    _faulty_lines(page, base)
    page.get_by_role("button", name="Zeilen weglassen").click()


STATES: dict[str, Callable[[Page, str], None]] = {
    "a person": _person,
    "a person refused": _person_refused,
    "a withdrawal": _withdrawal,
    "a deletion": _deletion,
    "information on a person": _information,
    "columns of a list": _columns,
    "columns refused": _column_refused,
    "sessions of a list": _sessions,
    "faulty lines": _faulty_lines,
    "preview of a list": _preview,
}
