"""Comparisons of editions, and the topics of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_HERE = "/arbeit/reihen/kommunalkongress"

PAGES = {
    "comparison": _HERE,
    "comparison in English": f"{_HERE}?sprache=en",
    "comparison with another base": f"{_HERE}?ausgabe=kk2018&ausgabe=kk2019&basis=kk2018",
    "comparison of a series without results": "/arbeit/reihen/ikone",
    "topics of sessions": f"{_HERE}/themen",
}


def _refused(page: Page, address: str) -> None:
    page.goto(f"{address}{_HERE}?ausgabe=kk2018")


def _opened(page: Page, address: str) -> None:
    page.goto(address + _HERE)
    for summary in page.locator("summary").all():
        summary.click()


def _without_a_name(page: Page, address: str) -> None:
    page.goto(f"{address}{_HERE}/themen")
    page.get_by_role("button", name="Themenfeld anlegen").click()


def _a_topic(page: Page, address: str) -> None:
    # The office is one for all pages: somebody may have been here before.
    page.goto(f"{address}{_HERE}/themen")
    if not page.get_by_role("link", name="Digitales").count():
        page.get_by_label("Name des Themenfelds").fill("Digitales")
        page.get_by_role("button", name="Themenfeld anlegen").click()


def _sorting(page: Page, address: str) -> None:
    _a_topic(page, address)
    page.goto(f"{address}{_HERE}/themen")


def _renaming(page: Page, address: str) -> None:
    _a_topic(page, address)
    page.get_by_role("link", name="Digitales").click()


def _deleting(page: Page, address: str) -> None:
    _renaming(page, address)
    page.get_by_role("link", name="Dieses Themenfeld löschen").click()


STATES = {
    "what cannot be compared": _refused,
    "comparison with everything open": _opened,
    "topic without a name": _without_a_name,
    "sessions to be sorted": _sorting,
    "topic to be named anew": _renaming,
    "topic to be deleted": _deleting,
}
