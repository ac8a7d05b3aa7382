"""Pages to read, the open link, a new link, and no more mails; in each of the three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.publishing import plan_page
from survey.sharing import share_session
from tests.accessibility.office import BROKEN_FOR_ALL
from tests.accessibility.participant.answering import ON, invited
from tests.accessibility.steps import posted, press_at, visited
from tests.people import stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

PAGES = {
    "start": "/",
    "link": "/link",
    "help": "/hilfe",
    "help with an edition": "/hilfe/kk2020",
    "privacy": "/datenschutz",
    "privacy of an edition": "/datenschutz/kk2020",
    "promise": "/versprechen",
    "promise of an edition": "/versprechen/kk2020",
    "statement": "/barrierefreiheit",
}


def _link_refused(page: Page, office: Office) -> None:
    page.goto(office.at("/link"))
    press_at(page, "main button.first")


def _link_asked(page: Page, office: Office) -> None:
    page.goto(office.at("/link"))
    page.fill("main input[type=email]", "gerda@example.org")
    press_at(page, "main button.first")


def _opting_out(page: Page, office: Office) -> None:
    token = office.inst.links.opt_out_token("kk2020", invited(office).id)
    page.goto(office.at(f"/abmelden/{token}"))


def _opted_out(page: Page, office: Office) -> None:
    _opting_out(page, office)
    press_at(page, "main button.first")


def _opted_out_twice(page: Page, office: Office) -> None:
    _opted_out(page, office)
    page.goto(page.url)


def _open_link(page: Page, office: Office) -> None:
    page.goto(office.at(office.open_to_all()))


def _open_link_refused(page: Page, office: Office) -> None:
    _open_link(page, office)
    while not page.locator("#change").count():
        press_at(page, ON)
    page.fill("#change", "x" * 400)
    press_at(page, ON)


def _open_link_checked(page: Page, office: Office) -> None:
    _open_link(page, office)
    while page.locator(f"{ON}[value=next], {ON}[value=check]").count():
        choice = page.locator("[type=radio][name=overall]").first
        if choice.count():  # later on it is carried along, out of sight
            choice.check()
        press_at(page, ON)


def _open_link_sent(page: Page, office: Office) -> None:
    _open_link_checked(page, office)
    press_at(page, f"{ON}[value=submit]")


def _results(page: Page, office: Office) -> None:
    record = stored_record(office.inst, "kk2019")
    plan_page(
        office.inst, record, visible_from=office.clock(), has_sessions=True, named_sessions=()
    )
    page.goto(office.at("/ergebnis/kk2019"))


def _of_a_speaker(page: Page, office: Office) -> None:
    record = stored_record(office.inst, "kk2019")
    page.goto(office.at(urlsplit(share_session(office.inst, record, "ws01").address).path))


def _not_like_this(page: Page, office: Office) -> None:
    page.goto(office.at("/hilfe"))
    posted(page, office.at("/hilfe"), {})


def _too_large(page: Page, office: Office) -> None:
    page.goto(office.at("/link"))
    posted(page, office.at("/link"), {"address": "x" * 300_000})


def _no_help_without_database(page: Page, office: Office) -> None:
    with office.without_database():
        page.goto(office.at("/hilfe/kk2020"))


STATES: dict[str, Callable[[Page, Office], None]] = {
    "link refused": _link_refused,
    "link asked for": _link_asked,
    "opting out": _opting_out,
    "opted out": _opted_out,
    "opted out twice": _opted_out_twice,
    "opting out, forged": visited("/abmelden/x"),
    "open link": _open_link,
    "open link refused": _open_link_refused,
    "open link checked": _open_link_checked,
    "open link sent": _open_link_sent,
    "open link, forged": visited("/o/x"),
    "results for everybody": _results,
    "no results yet": visited("/ergebnis/kk2020"),
    "results of a speaker": _of_a_speaker,
    "results of a speaker, forged": visited("/geteilt/x"),
    "form, forged": visited("/f/x"),
    "nowhere": visited("/nirgends"),
    "not like this": _not_like_this,
    "too large": _too_large,
    "broken": visited(BROKEN_FOR_ALL),
    "no help without database": _no_help_without_database,
}
