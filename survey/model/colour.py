"""Colours of an organisation: whether they can be read, and what follows from them for light and dark pages.

Contrast as WCAG 2.2 defines it. Text and buttons need 7:1, which holds borders (3:1) too.
"""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

TEXT_CONTRAST = 7.0
LIGHT_PAGE, LIGHT_SHEET = "#f2f5f8", "#ffffff"
DARK_PAGE, DARK_SHEET, DARK_INK = "#0e151b", "#17212a", "#0b1c2b"
"""The pages' backgrounds, as in templates/style/tokens.css."""
BLACK, WHITE = "#000000", "#ffffff"
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEPS = 100
_LIGHT_TINT = 0.1
_DARK_TINT = 0.12
_DEEP = 0.3


@dataclass(frozen=True, slots=True)
class Accent:
    """An organisation's colour on light and on dark pages."""

    colour: str
    """As it was chosen: text, borders and buttons of light pages, and of printed reports."""
    deep: str
    tint: str
    dark_colour: str
    """The same hue, lightened until it can be read on dark pages."""
    dark_deep: str
    dark_tint: str

    @property
    def least_contrast(self) -> float:
        """Of the colour as text, on the background where it is lowest."""
        return min(
            contrast(self.colour, background) for background in (LIGHT_PAGE, LIGHT_SHEET, self.tint)
        )

    @property
    def least_dark_contrast(self) -> float:
        """The same on dark pages."""
        return min(
            contrast(self.dark_colour, background)
            for background in (DARK_PAGE, DARK_SHEET, self.dark_tint, DARK_INK)
        )

    @property
    def sheet(self) -> str:
        """The style rules that put it in place of the service's own colour."""
        light = f"--accent:{self.colour};--accent-deep:{self.deep};--tint:{self.tint}"
        dark = f"--accent:{self.dark_colour};--accent-deep:{self.dark_deep};--tint:{self.dark_tint}"
        return (
            f":root{{{light};--focus:{self.colour}}}"
            f"@media (prefers-color-scheme:dark){{:root:not(.easy){{{dark};--focus:#ffd874}}}}"
        )


def is_colour(text: str) -> bool:
    """True for ``#0a4a80``."""
    return _COLOUR.fullmatch(text) is not None


def accent(colour: str) -> Accent | None:
    """What follows from that colour; None if it cannot be read on light pages."""
    made = _accent(colour)
    return made if made.least_contrast >= TEXT_CONTRAST else None


def nearest_accent(colour: str) -> Accent:
    """The colour darkened by as little as makes it readable; itself if it is."""
    darker = (_accent(mixed(BLACK, colour, step / _STEPS)) for step in range(_STEPS + 1))
    return next(made for made in darker if made.least_contrast >= TEXT_CONTRAST)


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """So much of the one, the rest of the other."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _accent(colour: str) -> Accent:
    dark = _lightened(colour)
    return Accent(
        colour=colour,
        deep=mixed(BLACK, colour, _DEEP),
        tint=mixed(colour, LIGHT_SHEET, _LIGHT_TINT),
        dark_colour=dark,
        dark_deep=mixed(WHITE, dark, _DEEP),
        dark_tint=mixed(dark, DARK_SHEET, _DARK_TINT),
    )


def _lightened(colour: str) -> str:
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in _parts(colour)))
    lighter = (
        _written(*hls_to_rgb(hue, lightness + (1 - lightness) * step / _STEPS, saturation))
        for step in range(_STEPS + 1)
    )
    return next(
        tried
        for tried in lighter
        if all(
            contrast(tried, background) >= TEXT_CONTRAST
            for background in (
                DARK_PAGE,
                DARK_SHEET,
                DARK_INK,
                mixed(tried, DARK_SHEET, _DARK_TINT),
            )
        )
    )


def _written(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 -- sRGB
