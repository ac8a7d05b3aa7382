"""Every page of the workplace in a browser; each area says in tests/accessibility/workplace what there is to see."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.accessibility import workplace
from tests.accessibility.gate import faults_of
from tests.accessibility.workplace.leading_on import LEADING_ON
from tests.accessibility.workplace.office import Office, open_office
from tests.accessibility.workplace.site import Walk, pages_below, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from survey.model.workplace import WorkLanguage

    Go = Callable[[Page, Office], None]

LANGUAGES: tuple[WorkLanguage, ...] = ("de", "en")
AREAS = [
    import_module(f"{workplace.__name__}.{found.name}")
    for found in pkgutil.iter_modules(workplace.__path__)
]
PAGES: dict[str, str] = {
    f"{area.__name__.rpartition('.')[2]}: {name}": address
    for area in AREAS
    for name, address in getattr(area, "PAGES", {}).items()
}
STATES: dict[str, Go] = {
    f"{area.__name__.rpartition('.')[2]}: {name}": go
    for area in AREAS
    for name, go in getattr(area, "STATES", {}).items()
}
WALK = Walk()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name.replace(" ", "_"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible(
    tab: Page, office: Office, language: WorkLanguage, name: str
) -> None:
    office.speak(language)
    office.sign_in(tab)
    with WALK.watch(tab, name):
        reply = tab.goto(office.at(PAGES[name]))

    assert reply is not None
    assert reply.status == 200
    assert tab.get_attribute("html", "lang") == language
    assert faults_of(tab) == {}


@pytest.mark.parametrize("name", STATES, ids=lambda name: name.replace(" ", "_"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_accessible(
    tab: Page, office: Office, language: WorkLanguage, name: str
) -> None:
    office.language = language
    office.begin_anew()
    office.sign_in(tab)
    with WALK.watch(tab, name):
        STATES[name](tab, office)

    assert tab.inner_text("h1")
    assert tab.get_attribute("html", "lang") == office.language
    assert faults_of(tab) == {}


def test_every_page_of_the_workplace_was_seen() -> None:
    assert unseen(WALK, pages_below("/arbeit", "/geteilt"), LEADING_ON) == []


def test_what_is_said_to_lead_on_showed_no_page() -> None:
    assert [entry for entry in LEADING_ON if WALK.shown[entry]] == []


def test_a_page_that_nobody_was_taught_is_missed() -> None:
    pages = pages_below("/arbeit") | {("GET", "/arbeit/neues")}

    assert "GET /arbeit/neues" in unseen(WALK, pages, LEADING_ON)
