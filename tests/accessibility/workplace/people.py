"""The people who work here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.employing import colleagues
from survey.model.workplace import MAIN_ORGANISATION, Organisation, Role
from survey.storage import house_subjects
from tests.accessibility.office import MIRIAM
from tests.accessibility.steps import press_at, sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_PEOPLE = "/arbeit/menschen"
_MIRIAM = f"{_PEOPLE}/{MIRIAM.id}"

PAGES = {
    "people": _PEOPLE,
    "inviting": f"{_PEOPLE}/einladen",
    "handover": f"{_PEOPLE}/uebergabe",
    "oneself": f"{_PEOPLE}/olga",
    "a colleague": _MIRIAM,
    "removing": f"{_MIRIAM}/entfernen",
    "resetting": f"{_MIRIAM}/zweiter-faktor",
}


def _invite(office: Office) -> str:
    made = colleagues.write_invitation(
        office.inst,
        Organisation(MAIN_ORGANISATION, "Stadt Musterstadt"),
        address="nele@stadt.example",
        role=Role.PLANNER,
        language="en" if office.language == "en" else "de",
    )
    return f"{_PEOPLE}/einladungen/{made.id}"


def _invited(page: Page, office: Office) -> None:
    _invite(office)
    page.goto(office.at(_PEOPLE))


def _invited_again(page: Page, office: Office) -> None:
    _invited(page, office)
    press_at(page, "main form[action$='/erneut'] button")


def _before_taking_back(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_invite(office)}/zuruecknehmen"))


def _taken_back(page: Page, office: Office) -> None:
    _before_taking_back(page, office)
    press_at(page, "main form button[type=submit]")


def _tied_to_the_house(office: Office) -> None:
    office.inst.database.write(
        lambda connection: house_subjects.pin(
            connection, "http://127.0.0.1:9", subject="sub-miriam", account=MIRIAM.id
        )
    )


def _lifting(page: Page, office: Office) -> None:
    _tied_to_the_house(office)
    page.goto(office.at(f"{_MIRIAM}/anmeldung-des-hauses"))


def _lifted(page: Page, office: Office) -> None:
    _lifting(page, office)
    press_at(page, "main form button[type=submit]")


def _only_organiser(page: Page, office: Office) -> None:
    colleagues.remove(office.inst, MAIN_ORGANISATION, MIRIAM.id)
    page.goto(office.at(f"{_PEOPLE}/olga"))
    page.check("[name=role][value=planner]")
    press_at(page, "main form button[type=submit]")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "faulty invitation": sent(f"{_PEOPLE}/einladen"),
    "somebody is invited": _invited,
    "invited again": _invited_again,
    "before an invitation is taken back": _before_taking_back,
    "an invitation taken back": _taken_back,
    "before the house's sign-in is lifted": _lifting,
    "the house's sign-in lifted": _lifted,
    "the only organiser": _only_organiser,
    "a colleague removed": sent(f"{_MIRIAM}/entfernen"),
    "a second factor reset": sent(f"{_MIRIAM}/zweiter-faktor"),
}
