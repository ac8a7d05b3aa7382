"""Is the focus really visible? Only new, contrasting pixels count: a border that vanishes must not pass."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

AROUND = 8
LEAST_CONTRAST = 3.0


def ring_share(page: Page, selector: str, *, drawn_around: str = "") -> float:
    """New pixels at 3:1 when the element takes the focus, as a share of a one pixel ring around it."""
    element = page.locator(selector).first
    shape = page.locator(drawn_around).first if drawn_around else element
    shape.scroll_into_view_if_needed()
    page.evaluate("document.activeElement.blur()")
    box = shape.bounding_box()
    assert box is not None
    clip = {
        "x": max(0, box["x"] - AROUND),
        "y": max(0, box["y"] - AROUND),
        "width": box["width"] + 2 * AROUND,
        "height": box["height"] + 2 * AROUND,
    }
    before = _picture(page.screenshot(clip=clip, animations="disabled"))  # type: ignore[arg-type]
    # A key press first: browsers show focus rings to those who use the keyboard.
    page.keyboard.press("Shift")
    element.evaluate("element => element.focus({preventScroll: true, focusVisible: true})")
    after = _picture(page.screenshot(clip=clip, animations="disabled"))  # type: ignore[arg-type]
    pairs = zip(_pixels(before), _pixels(after), strict=True)
    new = sum(contrast(old, now) >= LEAST_CONTRAST for old, now in pairs if old != now)
    return float(new / (2 * (box["width"] + box["height"])))


@lru_cache(maxsize=65536)
def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The contrast ratio of WCAG 2."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    red, green, blue = (_linear(part / 255) for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _pixels(picture: Image.Image) -> list[tuple[int, ...]]:
    return [pixel for pixel in picture.get_flattened_data() if isinstance(pixel, tuple)]


def _picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")
