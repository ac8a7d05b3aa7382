"""What a participant does on the form, in steps that several tests take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.accessibility.conftest import World

CHECK = "main button[value=check]"
SEND = "main button[value=submit]"


def press(page: Page, button: str) -> None:
    """Presses a button that leads to another page, and waits until that page is there.

    A click alone comes back while the old page may still stand: whoever looks then, looks at that one.
    """
    with page.expect_navigation():
        page.click(button)


def refuse(page: Page, world: World) -> None:
    """The form with everything wrong that can be."""
    page.goto(world.form())
    page.select_option("#topics-1", "villages")
    page.select_option("#topics-2", "villages")
    page.check("[name=heard][value=not]")
    page.check("[name=heard][value=home]")
    page.fill("#change", "x" * 301)
    page.fill("#ws01--remark", "x" * 201)
    page.click("summary >> nth=0")
    page.check("#elsewhere--round1--rating")
    press(page, CHECK)


def fill(page: Page) -> None:
    """An answer of every kind."""
    page.check("[name=ws01--rating][value=good]")
    page.check("[name=ws03--rating][value=na_not_attended]")
    page.check("[name=overall][value=very_good]")
    page.check("[name=recommendation][value='9']")
    page.check("[name=heard][value=home]")
    page.check("[name=technology][value=yes]")
    page.select_option("#topics-1", "schools")
    page.fill("#change", "Eine Pause\nam Mittag")


def send_answers(page: Page, world: World) -> None:
    """All the way to the thanks."""
    page.goto(world.form())
    fill(page)
    press(page, CHECK)
    press(page, SEND)
