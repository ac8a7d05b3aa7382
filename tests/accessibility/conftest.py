"""A running service and Debian's Chromium; without Chromium these tests fail, they are never skipped."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from survey.application import make_application
from survey.model.invitation import Campaign
from survey.storage import boxes
from tests.accessibility.browser_checks import DESKTOP
from tests.accessibility.sources import keep_source, without_cookies
from tests.events import congress, network_call
from tests.people import (
    Invited,
    StoppedClock,
    add_link,
    add_person,
    make_installation,
    open_edition,
    store_edition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, BrowserContext, Page
    from starlette.routing import BaseRoute

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.accessibility.office import Office


pytest.register_assert_rewrite("tests.accessibility.ends_of_walks")


@dataclass
class World:
    """A running service with an open congress."""

    address: str
    inst: Installation
    record: EditionRecord
    people: list[Invited] = field(default_factory=list)

    def person(self) -> Invited:
        """Somebody new who booked two workshops."""
        name = f"Gast Nummer {len(self.people)}"
        self.people.append(
            add_person(
                self.inst,
                self.record,
                name,
                sessions=("ws01", "ws03"),
                address=f"gast{len(self.people)}@example.org",
            )
        )
        return self.people[-1]

    def form(self, person: Invited | None = None) -> str:
        """Address of a form."""
        return f"{self.address}/f/{(person or self.person()).token}"

    def reminder(self, person: Invited) -> Invited:
        """The same person's other link."""
        return add_link(self.inst, self.record, person.participant, Campaign.REMINDER_1)

    def boxes(self) -> int:
        """How many answers lie in the urn."""
        return boxes.count(self.inst.database.read(), self.record.id)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    inst = make_installation(tmp_path_factory.mktemp("service"), StoppedClock())
    record = open_edition(inst, store_edition(inst, congress()))
    store_edition(inst, network_call())
    with serving(inst) as address:
        yield World(address, inst, record)
    inst.database.close()


def bound_socket() -> socket.socket:
    """A place where a service can be reached: for links that have to name it beforehand."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening


@contextmanager
def serving(
    inst: Installation,
    *,
    more_routes: Sequence[BaseRoute] = (),
    listening: socket.socket | None = None,
) -> Iterator[str]:
    """A running service at its address."""
    listening = listening or bound_socket()
    server = uvicorn.Server(
        uvicorn.Config(
            make_application(inst, more_routes=more_routes),
            access_log=False,
            log_level="warning",
            ws="none",
            lifespan="off",
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of a file's own, for a walk over its pages."""
    # Only here: it is served by what stands above.
    from tests.accessibility.office import open_office  # noqa: PLC0415

    with open_office(tmp_path_factory.mktemp("office")) as found:
        yield found


@contextmanager
def opened(browser: Browser, **settings: Any) -> Iterator[Page]:
    """A page in a fresh profile."""
    context: BrowserContext = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    try:
        yield keep_source(context.new_page())
    finally:
        context.close()


@pytest.fixture(scope="session")
def _kept_tab(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport=DESKTOP, bypass_csp=True) as made:
        yield made


@pytest.fixture
def tab(_kept_tab: Page) -> Page:
    """A desktop's page whose policy is bypassed: the tab of the test before, its cookies gone.

    For looking at a great many pages: a tab that has run the engine once runs it in a third of the time.
    """
    without_cookies(_kept_tab)
    _kept_tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    _kept_tab.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    return _kept_tab


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser, viewport={"width": 390, "height": 844}) as made:
        yield made
