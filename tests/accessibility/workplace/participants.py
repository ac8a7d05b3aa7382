"""The people of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from survey.storage import participants
from tests.accessibility.steps import press, press_at
from tests.people import add_person, stored_record
from tests.web.workplace.test_undeliverable import came_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

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
    press_at(page, "main button[value=leave_all]")


def _step(word: str, *, is_taken: bool) -> Callable[[Page, Office], None]:
    def go(page: Page, office: Office) -> None:
        page.goto(f"{_first_person(page, office)}/{word}")
        if is_taken:
            press_at(page, "main form button[type=submit]")

    return go


def _registered_again(page: Page, office: Office) -> None:
    _step("abmelden", is_taken=True)(page, office)
    page.goto(f"{page.url.partition('?')[0]}/anmelden")


def _no_show(page: Page, office: Office) -> None:
    _step("nicht-da", is_taken=True)(page, office)


def _attended(page: Page, office: Office) -> None:
    _no_show(page, office)
    page.goto(f"{page.url.partition('?')[0]}/doch-da")


def _attended_after_all(page: Page, office: Office) -> None:
    _attended(page, office)
    press_at(page, "main form button[type=submit]")


def _registered_after_all(page: Page, office: Office) -> None:
    _registered_again(page, office)
    press_at(page, "main form button[type=submit]")


def _invited_again(page: Page, office: Office) -> None:
    _first_person(page, office)
    press_at(page, "main form[action$='/einladen'] button")


def _undeliverable(page: Page, office: Office) -> None:
    record = stored_record(office.inst, "kk2020")
    came_back(office.inst, add_person(office.inst, record, "Zoe Zorn"), "5.1.1")
    page.goto(office.at(f"{_PEOPLE}/unzustellbar"))


def _address_known(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PEOPLE}/auskunft"))
    page.fill("#adresse", _address(office))
    press(page, office, "Nachsehen")


def _before_an_address_is_deleted(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PEOPLE}/auskunft/loeschen?adresse={quote(_address(office))}"))


def _address_deleted(page: Page, office: Office) -> None:
    _before_an_address_is_deleted(page, office)
    press_at(page, "main form button[type=submit]")


def _address(office: Office) -> str:
    record = stored_record(office.inst, "kk2020")
    return participants.of_edition(office.inst.database.read(), record.id)[0].address


def _sessions_chosen(page: Page, office: Office) -> None:
    _sessions(page, office)
    press(page, office, "Weiter")


def _lines_refused(page: Page, office: Office) -> None:
    _faulty_lines(page, office)
    press(page, office, "Zeilen prüfen")


def _taken_over(page: Page, office: Office) -> None:
    _preview(page, office)
    press_at(page, "main form[action$='/einlesen'] button[type=submit]")


def _dropped(page: Page, office: Office) -> None:
    _columns(page, office)
    press(page, office, "Liste verwerfen")


def _list_moved(page: Page, office: Office) -> None:
    _preview(page, office)
    record = stored_record(office.inst, "kk2020")
    add_person(office.inst, record, "Zoe Zorn", address="lena@example.org")
    press_at(page, "main form[action$='/einlesen'] button[type=submit]")


def _wrong_kind_of_file(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PEOPLE}/liste"))
    file = {"name": "liste.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.set_input_files("#list", file)  # type: ignore[arg-type]  # a file out of memory
    press(page, office, "Liste hochladen")


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
    "registered again": _registered_again,
    "registered after all": _registered_after_all,
    "before somebody counts as absent": _step("nicht-da", is_taken=False),
    "absent": _no_show,
    "before somebody was there after all": _attended,
    "there after all": _attended_after_all,
    "before mails stop": _step("keine-mails", is_taken=False),
    "no more mails": _step("keine-mails", is_taken=True),
    "withdrawn": _step("abmelden", is_taken=True),
    "deleted": _step("loeschen", is_taken=True),
    "invited again": _invited_again,
    "a mail that came back": _undeliverable,
    "information on an address that is known": _address_known,
    "before an address is deleted": _before_an_address_is_deleted,
    "an address deleted": _address_deleted,
    "faulty lines, still faulty": _lines_refused,
    "a list taken over": _taken_over,
    "a list dropped": _dropped,
    "a list that others changed meanwhile": _list_moved,
    "a file of another kind": _wrong_kind_of_file,
}
