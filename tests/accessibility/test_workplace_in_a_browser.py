"""Every page of the workplace in a browser, in German; tests/accessibility/workplace says what there is to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.ends_of_walks import EndOfWholeWalk
from tests.accessibility.gate import Form, faults_of
from tests.accessibility.site_walk import Walk
from tests.accessibility.touring import reach, stop, stops
from tests.accessibility.walks import WORKPLACE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from survey.language.wording import Language
    from tests.accessibility.office import Office

WALK = Walk()


@pytest.mark.proves(
    "A1",
    "A2",
    "A3",
    "A4",
    "A5",
    "A7",
    "A8",
    "A9",
    "A10",
    "A15",
    "A27",
    "A29",
    "A32",
    "A34",
    "A35",
    "A50",
    "A51",
    "A52",
    "A59",
    "A65",
    "A68",
    "A76",
)
@pytest.mark.parametrize(
    ("language", "name"), stops(WORKPLACE, "de"), ids=lambda one: one.replace(" ", "_")
)
def test_every_page_and_state_is_accessible(
    tab: Page, office: Office, language: Language, name: str
) -> None:
    assert stop(tab, office, WORKPLACE, WALK, language=language, name=name) == {}


@pytest.mark.proves("A33", "A37", "A43")
@pytest.mark.parametrize("name", ["editions: a new edition", "results: results"])
def test_pages_that_stand_for_the_others_are_accessible_spaced_lying_and_in_the_dark(
    tab: Page, office: Office, name: str
) -> None:
    reach(tab, office, WORKPLACE, language="de", name=name)

    assert faults_of(tab, form=Form.FEW) == {}


class TestEnd(EndOfWholeWalk):
    tour = WORKPLACE
    walk = WALK
