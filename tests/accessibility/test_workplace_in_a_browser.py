"""Every page of the workplace in a browser; each area says in tests/accessibility/workplace what there is to see."""

from __future__ import annotations

import dataclasses
import os
import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from survey.model.workplace import MAIN_ORGANISATION, Role
from survey.signing_in import begin
from survey.storage import organisations
from tests.accessibility import workplace
from tests.accessibility.browser_checks import wrong_at_first_sight, wrong_in_a_browser
from tests.accessibility.conftest import serving
from tests.comparing.counted_series import congress_of
from tests.comparing.held import OVERALL, hold
from tests.people import StoppedClock, make_installation
from tests.workplace import OLGA, employ, furnish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

# Dark, zoomed and widely spaced, every page takes three times as long: that is looked at by hand.
look = wrong_in_a_browser if os.environ.get("NACHKLANG_TESTS") == "long" else wrong_at_first_sight
AREAS = [
    import_module(f"{workplace.__name__}.{found.name}")
    for found in pkgutil.iter_modules(workplace.__path__)
]
PAGES: dict[str, str] = {
    f"{area.__name__.rpartition('.')[2]}: {name}": address
    for area in AREAS
    for name, address in getattr(area, "PAGES", {}).items()
}
STATES: dict[str, Callable[[Page, str], None]] = {
    f"{area.__name__.rpartition('.')[2]}: {name}": go
    for area in AREAS
    for name, go in getattr(area, "STATES", {}).items()
}


@dataclasses.dataclass(frozen=True, slots=True)
class Office:
    """A running service with three editions and one more counted, and the cookie of Olga's browser."""

    address: str
    cookie: str


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = StoppedClock()
    made = make_installation(tmp_path_factory.mktemp("office"), clock)
    # Browsers keep a cookie for hosts behind TLS only there.
    settings = dataclasses.replace(made.settings, base_url="http://127.0.0.1")
    inst = dataclasses.replace(made, settings=settings)
    inst.database.write(
        lambda connection: organisations.rename(
            connection, MAIN_ORGANISATION, name="Stadt Musterstadt"
        )
    )
    employ(inst, OLGA, Role.ORGANISER, organisation=MAIN_ORGANISATION)
    furnish(inst, clock)
    hold(inst, congress_of(2018), OVERALL[2018])
    with serving(inst) as address:
        yield Office(address, begin(inst, OLGA.id, MAIN_ORGANISATION))
    inst.database.close()


def _sign_in(page: Page, office: Office) -> None:
    page.context.add_cookies([{"name": "nachklang", "value": office.cookie, "url": office.address}])


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name.replace(" ", "_"))
def test_every_page_is_accessible_on_a_desktop_and_on_a_small_telephone(
    tab: Page, office: Office, name: str
) -> None:
    _sign_in(tab, office)
    reply = tab.goto(office.address + PAGES[name])

    assert reply is not None
    assert reply.status == (404 if "nowhere" in name else 200)
    assert look(tab) == {}


@pytest.mark.parametrize("name", STATES, ids=lambda name: name.replace(" ", "_"))
def test_every_state_is_accessible_on_a_desktop_and_on_a_small_telephone(
    tab: Page, office: Office, name: str
) -> None:
    _sign_in(tab, office)
    STATES[name](tab, office.address)

    assert tab.inner_text("h1")
    assert look(tab) == {}
