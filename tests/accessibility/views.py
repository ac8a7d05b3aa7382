"""The conditions under which people see a page, and what is looked at under each."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.accessibility.browser_checks import (
    AXE_OPTIONS_SEEN,
    CUT_OFF,
    DESKTOP,
    PHONE,
    SIDEWAYS,
    SMALL_TARGETS,
    TEXT_SPACING,
    axe_violations,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Page

AS_USUAL: dict[str, Any] = {
    "color_scheme": "light",
    "forced_colors": "none",
    "media": "screen",
    "reduced_motion": "no-preference",
}
OWN_STYLES = "gate-styles"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `proves` are its numbers in the list of accessibility."""

    name: str
    proves: tuple[str, ...]
    look: Callable[[Page], list[str]]


@dataclass(frozen=True, slots=True)
class View:
    """One way in which a page is seen."""

    name: str
    size: Mapping[str, int]
    checks: tuple[Check, ...]
    media: Mapping[str, Any] = field(default_factory=dict)
    styles: str = ""
    """What a person's own style sheet adds."""

    @contextmanager
    def taken(self, page: Page) -> Iterator[None]:
        """The page is seen so; afterwards as before."""
        page.set_viewport_size(self.size)  # type: ignore[arg-type]
        if self.media:
            page.emulate_media(**self.media)
        if self.styles:
            page.add_style_tag(content=self.styles).evaluate(f"e => e.id = '{OWN_STYLES}'")
        yield
        if self.styles:
            page.evaluate(f"document.getElementById('{OWN_STYLES}').remove()")
        if self.media:
            page.emulate_media(**AS_USUAL)
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def _list(script: str) -> Callable[[Page], list[str]]:
    def look(page: Page) -> list[str]:
        return [str(one) for one in page.evaluate(script)]

    return look


def _number(script: str, unit: str) -> Callable[[Page], list[str]]:
    def look(page: Page) -> list[str]:
        number = page.evaluate(script)
        return [f"{number} {unit}"] if number else []

    return look


AXE = ("A1", "A4", "A5", "A8", "A13", "A16", "A32", "A34", "A43", "A59", "A63", "A64", "A76")
AXE_ON_A_DESKTOP = Check("axe", AXE, axe_violations)
AXE_IN_THE_DARK = Check("axe", ("A43",), lambda page: axe_violations(page, AXE_OPTIONS_SEEN))
TARGETS = Check("targets", ("A34", "A35"), _list(SMALL_TARGETS))
NO_CUT = Check("nothing is cut off", ("A33",), _list(CUT_OFF))
NO_MOVEMENT = Check("stillness", ("A40",), _number("document.getAnimations().length", "movements"))


def reflow(*proves: str) -> Check:
    return Check("reflow", proves, _number(SIDEWAYS, "px too wide"))


SHORT: tuple[View, ...] = (
    View("desktop", DESKTOP, (AXE_ON_A_DESKTOP,)),
    View("telephone", PHONE, (TARGETS, reflow("A29"))),
)
LONG: tuple[View, ...] = (
    View("desktop", DESKTOP, (AXE_ON_A_DESKTOP,)),
    View("telephone", PHONE, (TARGETS, reflow("A29"))),
    View("dark", PHONE, (AXE_IN_THE_DARK,), media={"color_scheme": "dark"}),
    View("at rest", DESKTOP, (NO_MOVEMENT,), media={"reduced_motion": "reduce"}),
    View("400 %", {"width": 320, "height": 256}, (reflow("A30"),)),
    View("widely spaced", PHONE, (reflow("A33"), NO_CUT), styles=TEXT_SPACING),
    View(
        "200 % text",
        {"width": 640, "height": 480},
        (reflow("A31"),),
        styles="html { font-size: 200% !important; }",
    ),
)
