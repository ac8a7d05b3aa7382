"""The form on paper, in grey, in the dark and in colours that the reader chose: nothing is lost."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.accessibility.browser_checks import DESKTOP
from tests.accessibility.conftest import opened
from tests.accessibility.focus_rings import new_pixels
from tests.accessibility.states import CHECK, fill, press

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.accessibility.conftest import World

LEAST_NEW_PIXELS = 60
"""As many as a line of two pixels under one short word."""
RING = 2.5
"""A circle is 3.1 times as long as it is wide; this one stands in a little."""
FINE = 4
"""Pixels for one of the page's: on a coarse screen a thin circle is smoothed away, and shows its colour nowhere."""
QUESTIONS = """[...document.querySelectorAll('main legend, main .field label, main .opt, main .choice label')]
    .map(e => e.cloneNode(true)).map(e => (e.querySelectorAll('.vh').forEach(one => one.remove()), e))
    .map(e => e.textContent.replace(/\\s+/g, ' ').trim())"""


@pytest.mark.proves("A47")
def test_a_printed_form_holds_every_question_and_every_answer(
    page: Page, world: World, tmp_path: Path
) -> None:
    page.goto(world.form())
    asked = page.evaluate(QUESTIONS)

    printed = _printed(page, tmp_path)

    assert len(asked) > 60
    assert [one for one in asked if _letters(one) not in printed] == []


@pytest.mark.proves("A47")
def test_a_printed_check_page_holds_what_was_answered(
    page: Page, world: World, tmp_path: Path
) -> None:
    page.goto(world.form())
    fill(page)
    press(page, CHECK)

    printed = _printed(page, tmp_path)

    answers = (
        "gut",
        "Nicht teilgenommen",
        "sehr gut",
        "9",
        "zu Hause",
        "Ja",
        "Schulen",
        "am Mittag",
    )
    assert [one for one in answers if _letters(one) not in printed] == []


@pytest.mark.proves("A17", "A46")
@pytest.mark.parametrize(
    "media",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
def test_what_is_chosen_differs_in_brightness_whatever_the_colours(
    browser: Browser, world: World, media: dict[str, Any]
) -> None:
    with opened(browser, viewport=DESKTOP, reduced_motion="reduce", **media) as page:
        page.goto(world.form())
        new = {name: _new_pixels_when_chosen(page, name) for name in ("overall", "recommendation")}

    assert {name: count for name, count in new.items() if count < LEAST_NEW_PIXELS} == {}


@pytest.mark.proves("A44")
@pytest.mark.parametrize(
    "media", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"]
)
def test_the_ring_of_a_choice_stands_out_from_its_tile(
    browser: Browser, world: World, media: dict[str, Any]
) -> None:
    with opened(
        browser, viewport=DESKTOP, device_scale_factor=FINE, reduced_motion="reduce", **media
    ) as page:
        page.goto(world.form())

        assert {name: _ring_of(page, name) for name in ("overall", "heard")} == {
            "overall": True,
            "heard": True,
        }


def test_a_ring_too_pale_to_be_seen_is_found(browser: Browser, world: World) -> None:
    with opened(browser, viewport=DESKTOP, device_scale_factor=FINE, bypass_csp=True) as page:
        page.goto(world.form())
        page.add_style_tag(content="input { appearance: none; border: 1px solid #999; }")

        assert not _ring_of(page, "overall")


def test_a_choice_shown_by_colour_alone_is_found(browser: Browser, world: World) -> None:
    with opened(browser, viewport=DESKTOP, bypass_csp=True, reduced_motion="reduce") as page:
        page.goto(world.form())
        # Blue and green of one brightness.
        page.add_style_tag(
            content=".opt, .opt * { background: #3f6fd0 !important; border-color: #3f6fd0 !important;"
            " box-shadow: none !important; color: #3f6fd0 !important; font-weight: 400 !important;"
            " text-decoration: none !important; } .opt:has(:checked) { background: #2f7f4f !important; }"
        )

        assert _new_pixels_when_chosen(page, "recommendation") < LEAST_NEW_PIXELS


def _new_pixels_when_chosen(page: Page, name: str) -> int:
    tile = page.locator(f".opt:has(#{name})")
    tile.scroll_into_view_if_needed()
    untouched = tile.screenshot()
    page.check(f"#{name}", force=True)
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    return new_pixels(untouched, tile.screenshot())


def _ring_of(page: Page, name: str) -> bool:
    """Whether as many pixels stand out at 3:1 as go round a circle of the choice's size, before anything is chosen."""
    choice = page.locator(f"#{name}")
    choice.scroll_into_view_if_needed()
    shown = choice.screenshot()
    choice.evaluate("e => { e.style.opacity = 0; }")
    tile_alone = choice.screenshot()
    box = choice.bounding_box()
    assert box is not None
    return new_pixels(tile_alone, shown) >= RING * box["width"] * FINE


def _printed(page: Page, folder: Path) -> str:
    paper = folder / "paper.pdf"
    page.pdf(path=paper)
    told = subprocess.run(["pdftotext", "-raw", paper, "-"], capture_output=True, check=True)
    return _letters(told.stdout.decode())


def _letters(text: str) -> str:
    # Lines are broken elsewhere on paper, words at hyphens.
    return "".join(letter for letter in text if letter.isalnum())
