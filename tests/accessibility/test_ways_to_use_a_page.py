"""What no engine looks at: pressing, dragging, what is free to answer, and what things are called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from survey.application import make_application
from tests.accessibility.client import AccessibleClient

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from survey.installation import Installation
    from tests.accessibility.conftest import World
    from tests.people import Invited

ROOT = Path(__file__).parents[2]
DRAGGING = re.compile(r"draggable|dragstart|ondrop|touchmove|pointermove|mousemove|type=.range")


@pytest.mark.proves("A38")
def test_nothing_has_to_be_dragged() -> None:
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.js")]
    assert any(source.suffix == ".js" for source in sources)

    found = [s.name for s in sources if DRAGGING.search(s.read_text(encoding="utf-8"))]

    assert found == []


@pytest.mark.proves("A39")
def test_a_press_that_is_taken_away_chooses_nothing(page: Page, world: World) -> None:
    page.goto(world.form())
    tile = page.locator(".opt:has(#overall)")
    tile.scroll_into_view_if_needed()
    tile.hover()

    page.mouse.down()
    pressed = page.is_checked("#overall")
    page.mouse.move(1, 1)
    page.mouse.up()
    taken_away = page.is_checked("#overall")
    tile.click()

    assert (pressed, taken_away, page.is_checked("#overall")) == (False, False, True)


@pytest.mark.proves("A49")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Alle Fragen sind freiwillig."),
        ("en", "All questions are optional."),
    ],
)
def test_the_form_says_what_need_not_be_answered(
    inst: Installation, anna: Invited, language: str, said: str
) -> None:
    page = AccessibleClient(make_application(inst)).get(f"/f/{anna.token}?sprache={language}")

    assert said in page.text()


@pytest.mark.proves("A73")
def test_easy_language_is_called_by_its_right_name(inst: Installation, anna: Invited) -> None:
    page = AccessibleClient(make_application(inst)).get(f"/f/{anna.token}?sprache=easy")

    assert "Einfache Sprache" in page.text()
    assert "Leichte Sprache" not in page.text()


@pytest.mark.proves("A85")
def test_the_documentation_tells_what_was_done_for_accessibility() -> None:
    document = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")

    assert [n for n in range(1, 93) if f"| A{n} |" not in document] == []
