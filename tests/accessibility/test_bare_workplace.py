"""The workplace without style sheets: an organiser still comes to the end of a task."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from survey.model.workplace import MAIN_ORGANISATION, Role
from survey.signing_in import begin
from tests.accessibility.browser_checks import DESKTOP
from tests.accessibility.conftest import opened, serving
from tests.accessibility.states import press
from tests.events import network_call
from tests.people import StoppedClock, make_installation, store_edition
from tests.workplace import OLGA, employ

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SAVE = "text=Zugänge speichern"


@pytest.mark.proves("A48")
def test_paper_is_allowed_without_style_sheets(browser: Browser, tmp_path: Path) -> None:
    made = make_installation(tmp_path, StoppedClock())
    inst = dataclasses.replace(
        made, settings=dataclasses.replace(made.settings, base_url="http://127.0.0.1")
    )
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    store_edition(inst, network_call())
    cookie = begin(inst, OLGA.id, MAIN_ORGANISATION)
    with (
        serving(inst) as address,
        opened(browser, viewport=DESKTOP, bypass_csp=True) as page,
    ):
        page.context.add_cookies([{"name": "nachklang", "value": cookie, "url": address}])
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => document"
            ".querySelectorAll('style, [rel=stylesheet]').forEach(one => one.remove()))"
        )
        page.goto(f"{address}/arbeit/ausgaben")
        _follow(page, "Zweite Videokonferenz IKONE DS")
        edition = page.url
        page.goto(f"{edition}/zugaenge")
        page.check("#ways-1")
        press(page, SAVE)
        refused = page.title()
        page.fill("#typist", "Frau Fröhlich")
        page.fill("#return_to", "Box am Ausgang")
        press(page, SAVE)
        page.goto(f"{edition}/zugaenge")

        assert refused.startswith("Fehler: ")
        assert page.evaluate("document.styleSheets.length") == 0
        assert page.is_checked("#ways-1")
        assert page.input_value("#typist") == "Frau Fröhlich"
    inst.database.close()


def _follow(page: Page, link: str) -> None:
    with page.expect_navigation():
        page.click(f"main a:has-text('{link}') >> nth=0")
