"""The planning sheet of a series, and the decisions beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.steps import press_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_SHEET = "/arbeit/reihen/kommunalkongress/planung"
_DECISIONS = f"{_SHEET}/entscheidungen/kk2019"
_RECOMMENDATION = f"{_DECISIONS}/recommendation"

PAGES = {
    "planning sheet": _SHEET,
    "planning sheet before the first count": "/arbeit/reihen/ikone/planung",
    "how many answers are needed": "/arbeit/reihen/kommunalkongress/wie-viele",
    "what can be decided about": _DECISIONS,
    "a decision to be made": f"{_DECISIONS}/next_format",
    "a decision about a session": f"{_DECISIONS}/session:ws01",
    "a decision of the planners' own": f"{_DECISIONS}/own:",
    "series": "/arbeit/reihen",
}


def _refused(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_RECOMMENDATION}"))
    page.fill("#until-day", "31")
    page.fill("#until-month", "2")
    page.fill("#until-year", "2021")
    press_at(page, "main button[type=submit]")


def _decided(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_RECOMMENDATION}"))
    page.check("#course-1")
    page.fill("#text_de", "Die Mittagspause dauert eine Stunde.")
    page.fill("#responsible", "Frau Fröhlich")
    page.check("#is_public")
    press_at(page, "main button[type=submit]")


def _before_taking_back(page: Page, office: Office) -> None:
    _decided(page, office)
    page.goto(office.at(f"{_RECOMMENDATION}/zuruecknehmen"))


def _impossible(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/reihen/kommunalkongress/wie-viele"))
    page.fill("#antworten", "viele")
    press_at(page, "main button[type=submit]")


def _taken_back(page: Page, office: Office) -> None:
    _before_taking_back(page, office)
    press_at(page, "main form button[type=submit]")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "a decision, refused": _refused,
    "a planning sheet with a decision": _decided,
    "before a decision is taken back": _before_taking_back,
    "how many answers are needed, refused": _impossible,
    "a decision, taken back": _taken_back,
}
