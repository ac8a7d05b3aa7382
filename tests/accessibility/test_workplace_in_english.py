"""The same pages of the workplace in English: in a file of its own, to be visited beside the German ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.ends_of_walks import EndOfWalk
from tests.accessibility.site_walk import Walk
from tests.accessibility.touring import stop, stops
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
)
@pytest.mark.parametrize(
    ("language", "name"), stops(WORKPLACE, "en"), ids=lambda one: one.replace(" ", "_")
)
def test_every_page_and_state_is_accessible(
    tab: Page, office: Office, language: Language, name: str
) -> None:
    assert stop(tab, office, WORKPLACE, WALK, language=language, name=name) == {}


class TestEnd(EndOfWalk):
    tour = WORKPLACE
    walk = WALK
