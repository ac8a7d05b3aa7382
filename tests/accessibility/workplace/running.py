"""One edition while it runs, and the other ways into its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.event import GRACE
from survey.ordering import do_ordered_counts
from tests.accessibility.steps import press, press_at, sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

LIST = "/arbeit/ausgaben"
OPEN = f"{LIST}/kk2020"
PLANNED = f"{LIST}/ikone2"
COUNTED = f"{LIST}/kk2019"
GUESTS = f"{LIST}/gaeste"

PAGES: dict[str, str] = {
    "a planned edition": PLANNED,
    "an open edition": OPEN,
    "a counted edition": COUNTED,
    "a later deadline": f"{OPEN}/frist",
    "before closing": f"{OPEN}/schliessen",
    "protocol of a count": f"{COUNTED}/auszaehlen",
    "ways into a planned edition": f"{PLANNED}/zugaenge",
    "ways into an open edition": f"{OPEN}/zugaenge",
    "people present": f"{OPEN}/zugaenge/anwesend",
}


def _open_for_guests(page: Page, office: Office) -> None:
    """An edition of its own with an open link and paper, open."""
    page.goto(office.at(f"{LIST}/neu/aus/kk2020"))
    page.fill("#name", "gaeste")
    press(page, office, "Ausgabe anlegen")
    page.goto(office.at(f"{GUESTS}/zugaenge"))
    page.check("#ways-0")
    page.check("#ways-1")
    page.fill("#typist", "Frau Fröhlich")
    page.fill("#return_to", "Box am Ausgang")
    press(page, office, "Zugänge speichern")
    page.goto(office.at(f"{GUESTS}/oeffnen"))
    press(page, office, "Jetzt öffnen")


def _refused_deadline(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/frist"))
    page.fill("#deadline-month", "13")
    press_at(page, "main button[type=submit]")


def _refused_attendance(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/zugaenge/anwesend"))
    page.fill("#attended", "viele")
    press_at(page, "main button[type=submit]")


def _paper_without_anybody_to_type(page: Page, office: Office) -> None:
    page.goto(office.at(f"{PLANNED}/zugaenge"))
    page.check("#ways-1")
    press(page, office, "Zugänge speichern")


def _ways_in_use(page: Page, office: Office) -> None:
    _open_for_guests(page, office)
    page.goto(office.at(f"{GUESTS}/zugaenge"))


def _on_a_wall(page: Page, office: Office) -> None:
    _open_for_guests(page, office)
    page.goto(office.at(f"{GUESTS}/zugaenge/projizieren"))


def _on_a_dark_wall(page: Page, office: Office) -> None:
    _open_for_guests(page, office)
    page.goto(office.at(f"{GUESTS}/zugaenge/projizieren?farbe=dunkel"))


def _before_the_link_ends(page: Page, office: Office) -> None:
    _open_for_guests(page, office)
    page.goto(office.at(f"{GUESTS}/zugaenge/link-schliessen"))


def _typing(page: Page, office: Office) -> None:
    _open_for_guests(page, office)
    page.goto(office.at(f"{GUESTS}/zugaenge/eintippen"))


def _typing_refused(page: Page, office: Office) -> None:
    _typing(page, office)
    press(page, office, "Bogen prüfen")


def _typing_checked(page: Page, office: Office) -> None:
    _typing(page, office)
    page.fill("#change", "Mehr Pausen.")
    press(page, office, "Bogen prüfen")


def _typed(page: Page, office: Office) -> None:
    _typing_checked(page, office)
    press(page, office, "In die Urne legen")


def _open_form(page: Page, office: Office) -> None:
    _ways_in_use(page, office)
    address = page.inner_text(".code").strip()
    page.goto(office.at(f"/o/{address.rpartition('/')[2]}"))


def _open_form_checked(page: Page, office: Office) -> None:
    _open_form(page, office)
    page.fill("#change", "Mehr Pausen.")
    press_at(page, "main button[value=check]")


def _open_form_sent(page: Page, office: Office) -> None:
    _open_form_checked(page, office)
    press_at(page, "main button[value=submit]")


def _taking_back(page: Page, office: Office) -> None:
    _open_form_sent(page, office)
    press_at(page, "main button[value=take_back]")


def _closed(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/schliessen"))
    press_at(page, "main form button[type=submit]")


def _before_opening_again(page: Page, office: Office) -> None:
    _closed(page, office)
    page.goto(office.at(f"{OPEN}/oeffnen"))


def _opening_again_refused(page: Page, office: Office) -> None:
    _before_opening_again(page, office)
    page.fill("#deadline-month", "13")
    press_at(page, "main form button[type=submit]")


def _before_counting(page: Page, office: Office) -> None:
    _closed(page, office)
    office.clock.pass_by(GRACE)
    office.sign_in(page)
    page.goto(office.at(f"{OPEN}/auszaehlen"))


def _counting(page: Page, office: Office) -> None:
    _before_counting(page, office)
    press_at(page, "main form button[type=submit]")


def _count_in_trouble(page: Page, office: Office) -> None:
    _counting(page, office)
    for key in office.inst.settings.keys.iterdir():
        if key.name != "app":
            key.unlink()
    do_ordered_counts(office.inst)
    page.goto(office.at(f"{OPEN}/auszaehlen"))


def _link_ended(page: Page, office: Office) -> None:
    _before_the_link_ends(page, office)
    press_at(page, "main form button[type=submit]")


def _sheet_taken_back(page: Page, office: Office) -> None:
    _typed(page, office)
    press(page, office, "Diesen Bogen zurücknehmen")


def _open_form_refused(page: Page, office: Office) -> None:
    _open_form(page, office)
    page.fill("#change", "x" * 400)
    press_at(page, "main button[value=check]")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "a deadline, refused": _refused_deadline,
    "people present, refused": _refused_attendance,
    "paper without anybody to type it in": _paper_without_anybody_to_type,
    "ways in use": _ways_in_use,
    "the link on a wall": _on_a_wall,
    "the link on a dark wall": _on_a_dark_wall,
    "before the link ends": _before_the_link_ends,
    "a sheet to type in": _typing,
    "a sheet, refused": _typing_refused,
    "a sheet to compare": _typing_checked,
    "a sheet in the urn": _typed,
    "the open form": _open_form,
    "the open form, checked": _open_form_checked,
    "the open form, sent": _open_form_sent,
    "the open form, taking back": _taking_back,
    "closed": _closed,
    "before opening again": _before_opening_again,
    "opening again, refused": _opening_again_refused,
    "before a count": _before_counting,
    "a count under way": _counting,
    "a count in trouble": _count_in_trouble,
    "people present, noted": sent(f"{OPEN}/zugaenge/anwesend", {"#attended": "60"}),
    "the link ended": _link_ended,
    "a sheet, taken back": _sheet_taken_back,
    "the open form, refused": _open_form_refused,
}
