"""The same pages of the workplace in English: in a file of its own, to be visited beside the German ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.office import Office, open_office
from tests.accessibility.site_walk import Walk
from tests.accessibility.touring import stop, stops
from tests.accessibility.walks import WORKPLACE, mistaken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from survey.language.wording import Language

WALK = Walk()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office")) as opened:
        yield opened


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
    "A33",
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
    ("language", "name"), stops(WORKPLACE, "en"), ids=lambda one: one.replace(" ", "_")
)
def test_every_page_and_state_is_accessible(
    tab: Page, office: Office, language: Language, name: str
) -> None:
    assert stop(tab, office, WORKPLACE, WALK, language=language, name=name) == {}


def test_states_show_the_pages_that_they_are_said_to_show() -> None:
    assert mistaken(WORKPLACE, WALK) == {}
