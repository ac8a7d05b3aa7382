"""Colours of an organisation are readable, or another one is offered."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.model import colour
from survey.model.colour import TEXT_CONTRAST, accent, contrast, is_colour, nearest_accent
from survey.rendering import TEMPLATES

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#595959", "#ffffff", 7.0),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    assert round(contrast(one, other), 2) == expected
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("#0a4a80", True), ("#0A4A80", False), ("0a4a80", False), ("#abc", False), ("#gggggg", False)],
)
def test_a_colour_is_written_one_way(text: str, *, expected: bool) -> None:
    assert is_colour(text) is expected


def test_a_readable_colour_is_taken_as_it_is() -> None:
    made = accent("#7a0019")

    assert made is not None
    assert made.colour == "#7a0019"
    assert nearest_accent("#7a0019") == made


@pytest.mark.parametrize("text", ["#ffffff", "#ffcc00", "#e2001a", "#777777", "#00a0e0"])
def test_an_unreadable_colour_is_refused_and_the_nearest_one_offered(text: str) -> None:
    assert accent(text) is None

    offered = nearest_accent(text)

    assert accent(offered.colour) == offered


@settings(max_examples=40)
@given(colours)
def test_whatever_is_offered_can_be_read_on_light_and_dark_pages(text: str) -> None:
    offered = nearest_accent(text)

    assert offered.least_contrast >= TEXT_CONTRAST
    assert offered.least_dark_contrast >= TEXT_CONTRAST


@settings(max_examples=40)
@given(colours)
def test_body_text_stays_readable_on_what_is_tinted(text: str) -> None:
    offered = nearest_accent(text)

    assert contrast("#14202b", offered.tint) >= TEXT_CONTRAST
    assert contrast("#edf2f6", offered.dark_tint) >= TEXT_CONTRAST


def test_the_backgrounds_are_those_of_the_pages() -> None:
    tokens = (TEMPLATES / "style" / "tokens.css").read_text(encoding="utf-8")
    light, dark = tokens.split("@media")

    def token(part: str, name: str) -> str:
        found = re.search(rf"--{name}: (#[0-9a-f]+);", part)
        assert found is not None
        return found[1]

    assert (token(light, "page"), token(light, "sheet")) == (colour.LIGHT_PAGE, "#fff")
    assert (token(dark, "page"), token(dark, "sheet")) == (colour.DARK_PAGE, colour.DARK_SHEET)
    assert token(dark, "accent-ink") == colour.DARK_INK
