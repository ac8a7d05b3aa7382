"""Comparisons of editions, and the topics of sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.steps import follow, press, press_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_HERE = "/arbeit/reihen/kommunalkongress"

PAGES = {
    "comparison": _HERE,
    "comparison with another base": f"{_HERE}?ausgabe=kk2018&ausgabe=kk2019&basis=kk2018",
    "comparison of a series without results": "/arbeit/reihen/ikone",
    "topics of sessions": f"{_HERE}/themen",
}


def _refused(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_HERE}?ausgabe=kk2018"))


def _opened(page: Page, office: Office) -> None:
    page.goto(office.at(_HERE))
    for summary in page.locator("summary").all():
        summary.click()


def _without_a_name(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_HERE}/themen"))
    press(page, office, "Themenfeld anlegen")


def _a_topic(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_HERE}/themen"))
    page.get_by_label(office.say("Name des Themenfelds")).fill("Digitales")
    press(page, office, "Themenfeld anlegen")


def _sorting(page: Page, office: Office) -> None:
    _a_topic(page, office)
    page.goto(office.at(f"{_HERE}/themen"))


def _renaming(page: Page, office: Office) -> None:
    _a_topic(page, office)
    follow(page, office, "Digitales")


def _deleting(page: Page, office: Office) -> None:
    _renaming(page, office)
    follow(page, office, "Dieses Themenfeld löschen")


def _topic_refused(page: Page, office: Office) -> None:
    _renaming(page, office)
    page.locator("main form input[type=text]").first.fill("")
    press_at(page, "main form button[type=submit]")


def _deleted(page: Page, office: Office) -> None:
    _deleting(page, office)
    press_at(page, "main form button[type=submit]")


STATES = {
    "what cannot be compared": _refused,
    "comparison with everything open": _opened,
    "topic without a name": _without_a_name,
    "sessions to be sorted": _sorting,
    "topic to be named anew": _renaming,
    "topic to be deleted": _deleting,
    "topic, refused": _topic_refused,
    "topic, deleted": _deleted,
}
