"""What the form may cost a participant; what every page may, the gate asks at every visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.browser_checks import KEPT_BY_THE_BROWSER, PHONE
from tests.accessibility.conftest import opened
from tests.accessibility.report import DOCUMENT
from tests.accessibility.sources import (
    MOST_BYTES,
    MOST_TRIPS_AS_IT_IS,
    MOST_TRIPS_OF_A_REFUSED_SENDING,
    in_round_trips,
    is_padded,
    most_bytes,
    response_of,
    sent_bytes,
    source_of,
)
from tests.accessibility.states import CHECK, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from tests.accessibility.conftest import World

PLACE = "## What a page weighs"
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


def test_pages_that_repeat_answers_have_one_length_and_take_two_round_trips(
    tab: Page, world: World
) -> None:
    sent = []
    for text in ("kurz", "x" * 300):
        tab.goto(world.form())
        tab.fill("#change", text)
        press(tab, CHECK)
        sent.append(response_of(tab))

    assert {(is_padded(one), "content-encoding" in one.headers) for one in sent} == {(True, False)}
    assert {sent_bytes(one) for one in sent} == {40_960}
    assert {most_bytes(one) for one in sent} == {in_round_trips(2)}
    assert sent_bytes(sent[0]) <= in_round_trips(2)


def test_the_form_is_weighed_as_it_is_sent(tab: Page, world: World) -> None:
    tab.goto(world.form())
    form = response_of(tab)

    assert form.headers["content-encoding"] in {"br", "gzip"}
    assert sent_bytes(form) == int(form.headers["content-length"]) < len(source_of(tab).encode())
    assert most_bytes(form) == MOST_BYTES


@pytest.mark.parametrize("place", ["/hilfe", "/datenschutz", "/versprechen", "/barrierefreiheit"])
def test_what_everybody_reads_alike_is_sent_compressed(tab: Page, world: World, place: str) -> None:
    tab.goto(world.address + place)
    reply = response_of(tab)

    assert reply.headers["content-encoding"] in {"br", "gzip"}
    assert sent_bytes(reply) <= most_bytes(reply) == MOST_BYTES


def test_the_documentation_says_what_a_page_may_weigh() -> None:
    _, _, told = DOCUMENT.read_text(encoding="utf-8").partition(PLACE)
    told = told.partition("\n## ")[0]

    budgets = (MOST_BYTES, in_round_trips(MOST_TRIPS_AS_IT_IS))
    last = in_round_trips(MOST_TRIPS_OF_A_REFUSED_SENDING)
    assert [one for one in (*budgets, last) if f"{one:,} bytes" not in told] == []


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
