"""What the workplace says when something is not there, not possible, or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.office import BROKEN
from tests.accessibility.steps import posted, press, visited
from tests.workplace import PAUL

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office


def _nowhere_outside(page: Page, office: Office) -> None:
    page.context.clear_cookies()
    page.goto(office.at("/arbeit/nirgends"))


def _not_like_this(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit"))
    posted(page, office.at("/arbeit/reihen"), {})


def _too_large(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit"))
    posted(page, office.at("/arbeit/konto"), {"name": "x" * 300_000})


def _damaged(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit"))
    posted(page, office.at("/arbeit/konto"), {"name": "x"}, kind="text/plain")


def _for_organisers_only(page: Page, office: Office) -> None:
    office.sign_in(page, PAUL)
    page.goto(office.at("/arbeit/menschen"))


def _without_a_database(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/konto"))
    with office.without_database():
        press(page, office, "Angaben speichern")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "nowhere": visited("/arbeit/nirgends"),
    "nowhere, outside": _nowhere_outside,
    "an edition that is not there": visited("/arbeit/ausgaben/nie"),
    "not like this": _not_like_this,
    "too large": _too_large,
    "damaged": _damaged,
    "broken": visited(BROKEN),
    "for organisers only": _for_organisers_only,
    "not possible any more": visited("/arbeit/ausgaben/kk2019/schliessen"),
    "nothing can be stored": _without_a_database,
}
