"""The form and everything that comes of it, in each of the three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.collecting import submit
from survey.model.invitation import Campaign
from tests.accessibility.steps import posted, press_at
from tests.counting.ballots import a_response
from tests.people import add_link, add_person, stored_record
from tests.web.test_conditions import EXTRA

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office
    from tests.people import Invited

ON = "main button.first[name=_action]"
_GIVEN = {
    "ws01--rating": "good",
    "ws03--rating": "na_not_attended",
    "overall": "very_good",
    "recommendation": "9",
    "heard": "home",
    "technology": "yes",
}


def invited(office: Office) -> Invited:
    """Gerda Gast, who booked two workshops."""
    record = stored_record(office.inst, "kk2020")
    return add_person(office.inst, record, "Gerda Gast", sessions=("ws01", "ws03"))


def _address(office: Office, person: Invited | None = None) -> str:
    return f"/f/{(person or invited(office)).token}"


def open_form(page: Page, office: Office) -> None:
    page.goto(office.at(_address(office)))


def give(page: Page) -> None:
    for name, value in _GIVEN.items():
        choice = page.locator(f"main [name='{name}'][value='{value}']")
        if choice.count():
            choice.check()
    if page.locator("#topics-1").count():
        page.select_option("#topics-1", "schools")
    if page.locator("#change").count():
        page.fill("#change", "Eine Pause\nam Mittag")


def _to_the_check(page: Page, office: Office) -> None:
    open_form(page, office)
    give(page)
    press_at(page, ON)
    while page.locator(f"{ON}[value=next]").count():
        give(page)
        press_at(page, ON)


def _refused(page: Page, office: Office) -> None:
    open_form(page, office)
    if office.language == "easy":
        press_at(page, ON)
        page.fill("#ws01--remark", "x" * 201)
    else:
        page.select_option("#topics-1", "villages")
        page.select_option("#topics-2", "villages")
        page.check("[name=heard][value=not]")
        page.check("[name=heard][value=home]")
        page.fill("#change", "x" * 301)
        page.fill("#ws01--remark", "x" * 201)
        page.click("summary >> nth=0")
        page.check("#elsewhere--round1--rating")
    press_at(page, ON)


def _too_long(page: Page, office: Office) -> None:
    open_form(page, office)
    posted(page, page.url, {"change": "x" * 300_000})


def _damaged(page: Page, office: Office) -> None:
    open_form(page, office)
    posted(page, page.url, {"change": "x"}, kind="text/plain")


def _without_database(page: Page, office: Office) -> None:
    _to_the_check(page, office)
    with office.without_database():
        press_at(page, f"{ON}[value=submit]")


def _form_without_database(page: Page, office: Office) -> None:
    address = office.at(_address(office))
    with office.without_database():
        page.goto(address)


def _thanks(page: Page, office: Office) -> None:
    _to_the_check(page, office)
    press_at(page, f"{ON}[value=submit]")


def _thanked(page: Page, office: Office, person: Invited | None = None) -> None:
    """The same page, without the way there."""
    token = (person or invited(office)).token
    submit(office.inst, token, a_response(1))
    page.goto(office.at(f"/f/{token}/danke"))


def _changing(page: Page, office: Office) -> None:
    _thanked(page, office)
    press_at(page, "main .button >> nth=0")


def _before_taking_back(page: Page, office: Office) -> None:
    _thanked(page, office)
    press_at(page, "main .button >> nth=1")


def _taken_back(page: Page, office: Office) -> None:
    _before_taking_back(page, office)
    press_at(page, "main button.first")


def _taken_back_twice(page: Page, office: Office) -> None:
    _before_taking_back(page, office)
    address = page.url
    press_at(page, "main button.first")
    page.goto(address)


def _other_link(page: Page, office: Office) -> None:
    person = invited(office)
    _thanked(page, office, person)
    record = stored_record(office.inst, "kk2020")
    other = add_link(office.inst, record, person.participant, Campaign.REMINDER_1)
    page.goto(office.at(_address(office, other)))


def _draft(page: Page, office: Office) -> None:
    open_form(page, office)
    give(page)
    press_at(page, "main button[value=draft]")


def _continued(page: Page, office: Office) -> None:
    _draft(page, office)
    press_at(page, "main a[href*='/weiter/']")


def _continued_and_refused(page: Page, office: Office) -> None:
    _continued(page, office)
    field = page.locator("#change, #ws01--remark").first
    if not field.count():
        press_at(page, ON)
        field = page.locator("#change, #ws01--remark").first
    field.fill("x" * 400)
    press_at(page, ON)


def _draft_gone(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_address(office)}/weiter/AAAA"))


def _not_yet_open(page: Page, office: Office) -> None:
    record = stored_record(office.inst, "ikone2")
    person = add_person(office.inst, record, "Gerda Gast")
    page.goto(office.at(_address(office, person)))


def _closed(page: Page, office: Office) -> None:
    record = stored_record(office.inst, "kk2019")
    person = add_person(office.inst, record, "Gerda Gast")
    page.goto(office.at(_address(office, person)))


def _deleted(page: Page, office: Office) -> None:
    person = invited(office)
    office.inst.database.write(
        lambda connection: connection.execute(
            "DELETE FROM participant WHERE id = :id", {"id": person.id}
        )
    )
    page.goto(office.at(_address(office, person)))


def _condition(page: Page, office: Office) -> None:
    office.also_ask(EXTRA)
    open_form(page, office)
    if office.language == "easy":
        while not page.locator("[name=next_format]").count():
            press_at(page, ON)
    page.check("[name=next_format][value=online]")
    press_at(page, ON)


STATES: dict[str, Callable[[Page, Office], None]] = {
    "form": open_form,
    "refused": _refused,
    "check": _to_the_check,
    "thanks": _thanks,
    "changing": _changing,
    "before taking back": _before_taking_back,
    "taken back": _taken_back,
    "taken back twice": _taken_back_twice,
    "other link": _other_link,
    "draft": _draft,
    "continued": _continued,
    "continued and refused": _continued_and_refused,
    "draft gone": _draft_gone,
    "questions on a condition": _condition,
    "too long": _too_long,
    "damaged": _damaged,
    "nothing can be stored": _without_database,
    "no form without database": _form_without_database,
    "not yet open": _not_yet_open,
    "closed": _closed,
    "deleted": _deleted,
}
