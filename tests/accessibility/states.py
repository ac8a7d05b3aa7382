"""How to come to every state a participant can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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


def _form(page: Page, world: World) -> None:
    page.goto(world.form())


def _english(page: Page, world: World) -> None:
    page.goto(f"{world.form()}?sprache=en")


def _easy(page: Page, world: World) -> None:
    page.goto(f"{world.form()}?sprache=easy")


def _easy_text(page: Page, world: World) -> None:
    _easy(page, world)
    press(page, "main button[value=next]")


def _refused(page: Page, world: World) -> None:
    _form(page, world)
    page.select_option("#topics-1", "villages")
    page.select_option("#topics-2", "villages")
    page.check("[name=heard][value=not]")
    page.check("[name=heard][value=home]")
    page.fill("#change", "x" * 301)
    page.fill("#ws01--remark", "x" * 201)
    page.click("summary >> nth=0")
    page.check("#elsewhere--round1--rating")
    press(page, CHECK)


def _easy_refused(page: Page, world: World) -> None:
    _easy_text(page, world)
    page.fill("#ws01--remark", "x" * 201)
    press(page, "main button[value=next]")


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


def _check(page: Page, world: World) -> None:
    _form(page, world)
    fill(page)
    press(page, CHECK)


def _thanks(page: Page, world: World) -> None:
    _check(page, world)
    press(page, SEND)


def _answered(page: Page, world: World) -> None:
    _thanks(page, world)
    press(page, "main .button >> nth=0")


def _take_back(page: Page, world: World) -> None:
    _thanks(page, world)
    press(page, "main .button >> nth=1")


def _taken_back(page: Page, world: World) -> None:
    _take_back(page, world)
    press(page, "main button")


def _other_link(page: Page, world: World) -> None:
    person = world.person()
    page.goto(world.form(person))
    fill(page)
    press(page, CHECK)
    press(page, SEND)
    page.goto(world.form(world.reminder(person)))


def _draft(page: Page, world: World) -> None:
    _form(page, world)
    fill(page)
    press(page, "main button[value=draft]")


def _draft_gone(page: Page, world: World) -> None:
    page.goto(f"{world.form()}/weiter/AAAA")


def _link_refused(page: Page, world: World) -> None:
    page.goto(f"{world.address}/link")
    press(page, "main button")


def _opt_out(page: Page, world: World) -> None:
    token = world.inst.links.opt_out_token("kk2020", world.person().id)
    page.goto(f"{world.address}/abmelden/{token}")


def _opted_out(page: Page, world: World) -> None:
    _opt_out(page, world)
    press(page, "main button")


def _at(place: str) -> Callable[[Page, World], None]:
    def go(page: Page, world: World) -> None:
        page.goto(f"{world.address}{place}")

    return go


STATES: dict[str, Callable[[Page, World], None]] = {
    "form": _form,
    "english": _english,
    "easy": _easy,
    "easy text": _easy_text,
    "easy refused": _easy_refused,
    "refused": _refused,
    "check": _check,
    "thanks": _thanks,
    "answered": _answered,
    "take back": _take_back,
    "taken back": _taken_back,
    "other link": _other_link,
    "draft": _draft,
    "draft gone": _draft_gone,
    "forged": _at("/f/x"),
    "nowhere": _at("/nirgends"),
    "start": _at("/"),
    "link": _at("/link"),
    "link refused": _link_refused,
    "opt out": _opt_out,
    "opted out": _opted_out,
    "help": _at("/hilfe/kk2020"),
    "privacy": _at("/datenschutz/kk2020"),
    "promise": _at("/versprechen/kk2020?sprache=easy"),
    "statement": _at("/barrierefreiheit"),
}
