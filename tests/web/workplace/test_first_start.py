"""The very first account, by a link that the service prints."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from survey.employing.joining import first_start_link
from survey.storage import accounts
from survey.storage.deeds import all_deeds
from tests.accessibility.client import HOST, AccessibleClient
from tests.web.workplace.test_signing_in import PASSWORD, SET_UP, choose_mail, is_in

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.people import StoppedClock

TYPED = {
    "organisation": "Stadt Musterstadt",
    "name": "Erika Erste",
    "address": "Erika@stadt.example.org",
    "new_password": PASSWORD,
}


@pytest.fixture
def browser(inst: Installation) -> AccessibleClient:
    """Of nobody yet."""
    return AccessibleClient(make_application(inst))


def link_of(inst: Installation) -> str:
    """Path of a fresh link."""
    return first_start_link(inst).removeprefix(HOST)


def test_the_first_person_is_in_and_chooses_a_second_factor(
    inst: Installation, browser: AccessibleClient
) -> None:
    link = link_of(inst)

    page = browser.get(link)
    done = browser.press(page, link, "Konto anlegen", TYPED)

    assert page.heading == "Willkommen bei Nachklang"
    assert (done.location, browser.get("/arbeit").location) == (SET_UP, SET_UP)
    choose_mail(browser)
    assert is_in(browser)
    assert "Stadt Musterstadt" in browser.get("/arbeit/menschen").text()
    assert accounts.find_by_address(inst.database.read(), "erika@stadt.example.org") is not None
    assert [d.deed for d in all_deeds(inst.database.read())] == [
        "first account made",
        "second factor chosen",
    ]


def test_the_link_works_once_and_there_is_no_other_afterwards(
    inst: Installation, browser: AccessibleClient
) -> None:
    link = link_of(inst)
    browser.post(link, TYPED)

    again = browser.post(link, TYPED | {"address": "andere@stadt.example.org"})

    assert (again.status, accounts.count(inst.database.read())) == (410, 1)
    assert first_start_link(inst) == ""


def test_a_fresh_link_ends_the_one_before(inst: Installation, browser: AccessibleClient) -> None:
    first, second = link_of(inst), link_of(inst)

    assert (browser.get(first).status, browser.get(second).status) == (410, 200)


def test_the_link_ends_after_a_day(
    inst: Installation, browser: AccessibleClient, clock: StoppedClock
) -> None:
    link = link_of(inst)
    clock.pass_by(timedelta(hours=24))

    assert (browser.get(link).status, browser.post(link, TYPED).status) == (410, 410)


@pytest.mark.parametrize(
    "typed",
    [
        {"organisation": ""},
        {"name": " "},
        {"address": "erika"},
        {"new_password": "Musterstadt2024"},
        {"new_password": ""},
        {"name": "x" * 101},
    ],
    ids=["no organisation", "no name", "no address", "weak", "no password", "long name"],
)
def test_a_faulty_form_makes_nothing_and_loses_nothing(
    inst: Installation, browser: AccessibleClient, typed: dict[str, str]
) -> None:
    link = link_of(inst)

    page = browser.press(browser.get(link), link, "Konto anlegen", TYPED | typed)

    assert (page.status, accounts.count(inst.database.read())) == (422, 0)
    kept = page.fields("Konto anlegen")
    for name in {"organisation", "name", "address"} - set(typed):
        assert kept[name] == (TYPED[name],)
    assert kept["new_password"] == ("",)
    assert browser.press(page, link, "Konto anlegen", TYPED).status == 303
