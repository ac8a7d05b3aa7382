"""The settings of an organisation, its log, and access for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

_START = "/arbeit/einstellungen"
PAGES = {
    "overview": _START,
    "overview in English": f"{_START}?sprache=en",
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


def _refused_sender(page: Page, base: str) -> None:
    page.goto(f"{base}{_START}/absender")
    page.fill("[name=sender]", "kongress@stadt.example")
    page.click("main button.first")


def _colour_tried_on(page: Page, base: str) -> None:
    page.goto(f"{base}{_START}/farbe")
    page.fill("[name=accent]", "#7a0019")
    page.click("main button[value=try]")


def _refused_colour(page: Page, base: str) -> None:
    page.goto(f"{base}{_START}/farbe")
    page.fill("[name=accent]", "#ffcc00")
    page.click("main button.first")


def _token_made(page: Page, base: str) -> None:
    page.goto(f"{base}{_START}/zugang")
    page.fill("[name=purpose]", "Statistikamt")
    page.click("main button.first")


def _token_to_revoke(page: Page, base: str) -> None:
    _token_made(page, base)
    page.goto(f"{base}{_START}/zugang")
    page.click("main table a")


STATES: dict[str, Callable[[Page, str], None]] = {
    "refused sender": _refused_sender,
    "colour tried on": _colour_tried_on,
    "refused colour": _refused_colour,
    "token made": _token_made,
    "token to revoke": _token_to_revoke,
}
