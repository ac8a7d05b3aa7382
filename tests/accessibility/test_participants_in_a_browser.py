"""Every page of participants in a browser; tests/accessibility/participant says what there is to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.ends_of_walks import EndOfWholeWalk
from tests.accessibility.gate import Form, faults_of
from tests.accessibility.site_walk import Walk
from tests.accessibility.touring import reach, stop, stops
from tests.accessibility.walks import PARTICIPANTS

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
    "A6",
    "A7",
    "A8",
    "A9",
    "A10",
    "A11",
    "A12",
    "A13",
    "A14",
    "A15",
    "A16",
    "A18",
    "A23",
    "A27",
    "A29",
    "A30",
    "A31",
    "A32",
    "A33",
    "A34",
    "A35",
    "A40",
    "A41",
    "A42",
    "A44",
    "A50",
    "A51",
    "A52",
    "A57",
    "A59",
    "A63",
    "A64",
    "A65",
    "A68",
    "A75",
)
@pytest.mark.parametrize(
    ("language", "name"), stops(PARTICIPANTS), ids=lambda one: one.replace(" ", "_")
)
def test_every_page_and_state_is_accessible(
    tab: Page, office: Office, language: Language, name: str
) -> None:
    assert stop(tab, office, PARTICIPANTS, WALK, language=language, name=name) == {}


@pytest.mark.proves("A37", "A43")
@pytest.mark.parametrize("name", ["answering: form", "answering: refused"])
def test_pages_that_stand_for_the_others_are_accessible_lying_and_in_the_dark(
    tab: Page, office: Office, name: str
) -> None:
    reach(tab, office, PARTICIPANTS, language="de", name=name)

    assert faults_of(tab, form=Form.FEW) == {}


class TestEnd(EndOfWholeWalk):
    tour = PARTICIPANTS
    walk = WALK
