"""Signing in, as people do it and as others try to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.access.app_codes import app_code
from survey.employing import joining
from tests.mail.test_staff_mail import link_in, written_mails
from survey.notifying import send_staff_mails
from tests.employing.credentials import SECRET, has_app, has_password
from tests.workplace import OLGA, PAUL

if TYPE_CHECKING:
    from tests.accessibility.client import AccessibleClient, Page
    from tests.people import StoppedClock
    from tests.workplace import Workplace

PASSWORD = "vier Wörter nebeneinander"


def sign_in(client: AccessibleClient, address: str, password: str = PASSWORD) -> Page:
    """Fill in the page."""
    page = client.get("/arbeit/anmelden")
    return client.press(
        page, "/arbeit/anmelden", "Anmelden", {"address": address, "password": password}
    )


def test_a_planner_signs_in_with_the_password_alone(workplace: Workplace) -> None:
    has_password(workplace.inst, PAUL, PASSWORD)

    page = sign_in(workplace.stranger, "Paul@Stadt.example ")

    assert (page.status, page.location) == (303, "/arbeit")
    assert workplace.stranger.get("/arbeit").status == 200


def test_an_organiser_needs_a_second_factor(workplace: Workplace, clock: StoppedClock) -> None:
    has_password(workplace.inst, OLGA, PASSWORD)
    has_app(workplace.inst, OLGA)

    page = sign_in(workplace.stranger, OLGA.address)

    assert (page.status, page.heading) == (200, "Noch ein Schritt")
    assert workplace.stranger.get("/arbeit").status == 303
    page = workplace.stranger.press(
        page,
        "/arbeit/anmelden/code",
        "Mit dem Code anmelden",
        {"app_code": app_code(SECRET, clock())},
    )
    assert (page.status, page.location) == (303, "/arbeit")
    assert workplace.stranger.get("/arbeit").status == 200
