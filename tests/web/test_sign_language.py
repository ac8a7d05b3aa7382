"""The house's own video in sign language, on the help pages of its editions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from survey.housekeeping import change_profile
from survey.model.workplace import MAIN_ORGANISATION
from tests.accessibility.rules import text
from tests.events import congress
from tests.people import store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient

VIDEO = "https://video.stadt-musterstadt.de/dgs?teil=1&sprache=dgs"


@pytest.mark.proves("A69")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Video in Gebärdensprache ansehen"),
        ("easy", "Das Video in Gebärden-Sprache ansehen"),
        ("en", "Watch the video in sign language"),
    ],
)
def test_the_help_page_leads_to_the_video(
    client: AccessibleClient, inst: Installation, language: str, words: str
) -> None:
    store_edition(inst, congress())
    change_profile(
        inst, MAIN_ORGANISATION, lambda p: replace(p, sign_language_video=VIDEO), revision=0
    )

    page = client.get(f"/hilfe/kk2020?sprache={language}")

    assert [text(e) for e in page.markup.all("a") if e.get("href") == VIDEO] == [words]


def test_without_a_video_nothing_is_said(client: AccessibleClient, inst: Installation) -> None:
    store_edition(inst, congress())

    assert "Gebärden" not in client.get("/hilfe/kk2020").text()
