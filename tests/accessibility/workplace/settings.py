"""The settings of an organisation, its log, and access for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.workplace.steps import press_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.workplace.office import Office

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


STATES: dict[str, Callable[[Page, Office], None]] = {
    "refused sender": _refused_sender,
    "colour tried on": _colour_tried_on,
    "refused colour": _refused_colour,
    "token made": _token_made,
    "token to revoke": _token_to_revoke,
}
