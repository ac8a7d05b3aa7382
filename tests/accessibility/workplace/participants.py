"""The people of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.workplace.steps import press, press_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.workplace.office import Office

_PEOPLE = "/arbeit/ausgaben/kk2020/teilnehmende"
_LIST = (
    "E-Mail;Name;Runde 1;Bemerkung\n"
    "lena@example.org;Lena Lang;Digitale Stadt;vegetarisch\n"
    "max(at)example.org;Max Mai;Stadt von morgen;\n"
    ";Nora Noll;;\n"
)

PAGES = {
    "participants": _PEOPLE,
    "participants searched": f"{_PEOPLE}?suche=a",
    "nobody found": f"{_PEOPLE}?suche=niemand-heisst-so",
    "late registration": f"{_PEOPLE}/neu",
    "undeliverable": f"{_PEOPLE}/unzustellbar",
    "upload of a list": f"{_PEOPLE}/liste",
    "information by address": f"{_PEOPLE}/auskunft?adresse=niemand%40example.org",
    "participants of a counted edition": "/arbeit/ausgaben/kk2019/teilnehmende",
    "participants of a planned edition": "/arbeit/ausgaben/ikone2/teilnehmende",
}


def _first_person(page: Page, office: Office) -> str:
    page.goto(office.at(_PEOPLE))
    press_at(page, ".people tbody a")
    return page.url.partition("?")[0]


def _person(page: Page, office: Office) -> None:
    _first_person(page, office)


def _person_refused(page: Page, office: Office) -> None:
    _first_person(page, office)
    page.fill("#address", "anna(at)example.org")
    press(page, office, "Angaben speichern")


def _withdrawal(page: Page, office: Office) -> None:
    page.goto(f"{_first_person(page, office)}/abmelden")


def _deletion(page: Page, office: Office) -> None:
    page.goto(f"{_first_person(page, office)}/loeschen")


def _information(page: Page, office: Office) -> None:
    page.goto(f"{_first_person(page, office)}/auskunft")


def _columns(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PEOPLE}/liste"))
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": _LIST.encode()}
    page.set_input_files("#list", file)  # type: ignore[arg-type]  # a file out of memory
    press(page, office, "Liste hochladen")


def _column_refused(page: Page, office: Office) -> None:
    _columns(page, office)
    page.select_option("#column-0", "nothing")
    press(page, office, "Weiter")


def _sessions(page: Page, office: Office) -> None:
    _columns(page, office)
    press(page, office, "Weiter")


def _faulty_lines(page: Page, office: Office) -> None:
    _sessions(page, office)
    press(page, office, "Weiter")


def _preview(page: Page, office: Office) -> None:
    _faulty_lines(page, office)
    press(page, office, "Zeilen weglassen")


STATES: dict[str, Callable[[Page, Office], None]] = {
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
