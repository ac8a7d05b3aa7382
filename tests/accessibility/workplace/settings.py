"""The settings of an organisation, its log, and access for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.steps import press_at, sent, visited
from tests.web.workplace.test_settings import png

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_START = "/arbeit/einstellungen"
PAGES = {
    "overview": _START,
    "name": f"{_START}/name",
    "sender": f"{_START}/absender",
    "data protection": f"{_START}/datenschutz",
    "privacy notice": f"{_START}/datenschutz/hinweise",
    "record of processing": f"{_START}/datenschutz/verzeichnis",
    "measures": f"{_START}/datenschutz/massnahmen",
    "deletion concept": f"{_START}/datenschutz/loeschkonzept",
    "sign language": f"{_START}/gebaerdensprache",
    "limits": f"{_START}/fristen",
    "colour": f"{_START}/farbe",
    "logo": f"{_START}/logo",
    "no logo to remove": f"{_START}/logo/entfernen",
    "backup": f"{_START}/sicherung",
    "access for programs": f"{_START}/zugang",
    "log": "/arbeit/protokoll",
    "log of one edition": "/arbeit/protokoll?ausgabe=kk2019",
}


def _refused_sender(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_START}/absender"))
    page.fill("[name=sender]", "kongress@stadt.example")
    press_at(page, "main button.first")


def _colour_tried_on(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_START}/farbe"))
    page.fill("[name=accent]", "#7a0019")
    press_at(page, "main button[value=try]")


def _refused_colour(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_START}/farbe"))
    page.fill("[name=accent]", "#ffcc00")
    press_at(page, "main button.first")


def _token_made(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_START}/zugang"))
    page.fill("[name=purpose]", "Statistikamt")
    press_at(page, "main button.first")


def _token_to_revoke(page: Page, office: Office) -> None:
    _token_made(page, office)
    page.goto(office.at(f"{_START}/zugang"))
    press_at(page, "main table a")


def _a_logo(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_START}/logo"))
    file = {"name": "logo.png", "mimeType": "image/png", "buffer": png()}
    page.set_input_files("main input[type=file]", file)  # type: ignore[arg-type]  # a file out of memory
    page.fill("main input[type=text]", "Stadt Musterstadt")
    press_at(page, "main form button[type=submit]")


def _logo_to_remove(page: Page, office: Office) -> None:
    _a_logo(page, office)
    page.goto(office.at(f"{_START}/logo/entfernen"))


def _logo_removed(page: Page, office: Office) -> None:
    _logo_to_remove(page, office)
    press_at(page, "main form button[type=submit]")


def _token_revoked(page: Page, office: Office) -> None:
    _token_to_revoke(page, office)
    press_at(page, "main form button[type=submit]")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "refused sender": _refused_sender,
    "colour tried on": _colour_tried_on,
    "refused colour": _refused_colour,
    "token made": _token_made,
    "token to revoke": _token_to_revoke,
    "logo kept": _a_logo,
    "logo to remove": _logo_to_remove,
    "logo removed": _logo_removed,
    "token revoked": _token_revoked,
    "backup ordered": sent(f"{_START}/sicherung"),
    "name kept": sent(f"{_START}/name"),
    "a log with no entry": visited("/arbeit/protokoll?ausgabe=ikone2"),
}
