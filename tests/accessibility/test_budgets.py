"""What the form may cost a participant; what every page may, the gate asks at every visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.browser_checks import KEPT_BY_THE_BROWSER, PHONE
from tests.accessibility.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from tests.accessibility.conftest import World

ONE_ROUND_TRIP = 10 * 1460
"""What a server may send before anything comes back: ten segments."""


@pytest.fixture
def replies(page: Page) -> list[Response]:
    """Everything that the service or anybody else answered."""
    heard: list[Response] = []
    page.on("response", lambda response: heard.append(response))  # noqa: PLW0108 -- no method of C
    return heard


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
