"""What somebody sees who plans, and organises nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.workplace import PAUL

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office


def _as_planner(path: str) -> Callable[[Page, Office], None]:
    def go(page: Page, office: Office) -> None:
        office.sign_in(page, PAUL)
        page.goto(office.at(path))

    return go


STATES: dict[str, Callable[[Page, Office], None]] = {
    "today": _as_planner("/arbeit"),
    "editions": _as_planner("/arbeit/ausgaben"),
    "an edition": _as_planner("/arbeit/ausgaben/kk2020"),
    "results": _as_planner("/arbeit/ausgaben/kk2019/ergebnisse"),
    "planning sheet": _as_planner("/arbeit/reihen/kommunalkongress/planung"),
    "account": _as_planner("/arbeit/konto"),
}
