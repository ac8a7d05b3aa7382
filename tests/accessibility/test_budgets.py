"""What a page may cost a participant: one small document, nothing from elsewhere, nothing left behind."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.accessibility.browser_checks import PHONE
from tests.accessibility.conftest import opened
from tests.accessibility.sources import source_of
from tests.accessibility.states import STATES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from tests.accessibility.conftest import World

MOST_BYTES = 14_000
ONE_ROUND_TRIP = 10 * 1460
"""What a server may send before anything comes back: ten segments."""
KEPT_BY_THE_BROWSER = """async () => [localStorage.length, sessionStorage.length, document.cookie,
    (await indexedDB.databases()).length, (await navigator.serviceWorker?.getRegistrations() ?? []).length]"""


@pytest.fixture
def replies(page: Page) -> list[Response]:
    """Everything that the service or anybody else answered."""
    heard: list[Response] = []
    page.on("response", lambda response: heard.append(response))  # noqa: PLW0108 -- no method of C
    return heard


@pytest.mark.parametrize("state", STATES, ids=lambda name: name.replace(" ", "_"))
def test_a_participants_page_is_one_small_document_and_leaves_nothing_behind(
    page: Page, world: World, replies: list[Response], state: str
) -> None:
    STATES[state](page, world)

    asked = {(one.request.resource_type, one.url.startswith(world.address)) for one in replies}
    assert len(gzip.compress(source_of(page).encode(), 9)) <= MOST_BYTES
    # The script helps only: it is asked for once, when the page is already there to be read.
    assert asked <= {("document", True), ("script", True)}
    assert [one.url for one in replies if "set-cookie" in one.headers] == []
    assert page.context.cookies() == []
    assert page.evaluate(KEPT_BY_THE_BROWSER) == [0, 0, "", 0, 0]


def test_the_form_is_readable_after_one_round_trip(page: Page, world: World) -> None:
    page.goto(world.form())

    assert page.evaluate("performance.getEntriesByType('navigation')[0].transferSize") <= (
        ONE_ROUND_TRIP
    )
    assert page.locator("script[src]").evaluate_all("found => found.map(e => e.defer)") == [True]
    assert page.locator("link[rel=stylesheet], img, iframe").count() == 0


def test_the_script_is_fetched_once_and_kept(
    page: Page, world: World, replies: list[Response]
) -> None:
    page.goto(world.form())
    page.goto(f"{world.address}/hilfe/kk2020")

    scripts = [one for one in replies if one.request.resource_type == "script"]
    fetched = [one for one in scripts if not one.from_service_worker and one.status == 200]
    assert {one.url for one in scripts} == {fetched[0].url}
    assert "immutable" in fetched[0].headers["cache-control"]
    assert page.evaluate("performance.getEntriesByType('resource').map(e => e.transferSize)") == [0]


def test_the_budget_notices_a_cookie_a_store_and_a_stranger(browser: Browser, world: World) -> None:
    with opened(browser, viewport=PHONE, bypass_csp=True) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(world.form())
        page.evaluate(
            """() => {
                document.cookie = 'a=b';
                localStorage.setItem('a', 'b');
                const image = new Image();
                image.src = 'https://stranger.invalid/pixel.gif';
            }"""
        )

        assert page.evaluate(KEPT_BY_THE_BROWSER) == [1, 0, "a=b", 0, 0]
        assert [one["name"] for one in page.context.cookies()] == ["a"]
        assert "https://stranger.invalid/pixel.gif" in asked
