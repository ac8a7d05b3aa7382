"""The conditions under which people see a page, and what is looked at under each."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.accessibility import browser_checks as seen
from tests.accessibility.browser_checks import DESKTOP, PHONE, listed
from tests.accessibility.engine_findings import AXE_OPTIONS_SEEN, axe_violations, ibm_findings
from tests.accessibility.focus_rings import invisible_rings
from tests.accessibility.markup_checker import markup_faults
from tests.accessibility.rules import RULES, html_is_valid
from tests.accessibility.sources import left_behind, markup_of, source_of, too_many_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Page

    from tests.accessibility.rules import Markup

AS_USUAL: dict[str, Any] = {
    "color_scheme": "light",
    "forced_colors": "none",
    "media": "screen",
    "reduced_motion": "no-preference",
}
# At rest as well: what fades over is not yet in its colours.
DARK = {"color_scheme": "dark", "reduced_motion": "reduce"}
FORCED = {"forced_colors": "active", "reduced_motion": "reduce"}
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
    unfolded: bool = False
    """Everything folded away is opened."""

    @contextmanager
    def taken(self, page: Page) -> Iterator[None]:
        """The page is seen so; afterwards as before."""
        if page.viewport_size != self.size:
            page.set_viewport_size(self.size)  # type: ignore[arg-type]
        if self.media:
            page.emulate_media(**self.media)
        if self.styles:
            page.add_style_tag(content=self.styles).evaluate(f"e => e.id = '{OWN_STYLES}'")
        if self.unfolded:
            page.evaluate(seen.UNFOLD)
        yield
        if self.unfolded:
            page.evaluate(seen.FOLD)
        if self.styles:
            page.evaluate(f"document.getElementById('{OWN_STYLES}').remove()")
        if self.media:
            page.emulate_media(**AS_USUAL)
            page.evaluate(seen.SETTLE)


RULE_NUMBERS: dict[str, tuple[str, ...]] = {
    "language_is_named": ("A1",),
    "language_entries_carry_their_language": ("A2",),
    "title_starts_with_the_heading": ("A3",),
    "one_first_heading_and_no_level_left_out": ("A4",),
    "landmarks_are_there": ("A5",),
    "skip_link_comes_first": ("A6",),
    "choices_stand_in_a_fieldset_with_legend": ("A7",),
    "controls_have_visible_labels": ("A8",),
    "placeholders_are_no_labels": ("A9",),
    "references_lead_somewhere": ("A10",),
    "ids_are_unique": ("A11",),
    "nothing_jumps_the_queue": ("A15",),
    "errors_are_linked_and_summed_up": ("A50", "A51"),
    "zooming_is_allowed": ("A32",),
    "nothing_reloads_by_itself": ("A59",),
    "forms_post_to_their_own_address": ("A52",),
    "forms_can_be_sent": ("A18",),
    "links_mean_something_alone": ("A68",),
    "nothing_is_styled_or_scripted_inline": ("A27",),
    "footer_is_complete": ("A65",),
}


def _rule(rule: Callable[[Markup], list[str]]) -> Check:
    name = rule.__name__
    return Check(name.replace("_", " "), RULE_NUMBERS[name], lambda page: rule(markup_of(page)))


AXE = Check(
    "axe",
    ("A1", "A4", "A5", "A8", "A13", "A16", "A32", "A34", "A37", "A43", "A64", "A76"),
    axe_violations,
)
PICTURES = Check("pale in pictures", ("A43",), listed(seen.PALE_IN_PICTURES))
IBM = Check("IBM", ("A1", "A5", "A8", "A16", "A76"), ibm_findings)
VALID = Check(
    "vnu", ("A1", "A11", "A12", "A13", "A64"), lambda page: markup_faults(source_of(page))
)
STATIC = tuple(_rule(rule) for rule in RULES if rule is not html_is_valid)
CONTRAST = Check("axe", ("A43",), lambda page: axe_violations(page, AXE_OPTIONS_SEEN))
EDGES = Check("pale edges", ("A44",), listed(seen.PALE_EDGES))
TARGETS = Check("small targets", ("A34", "A35"), listed(seen.SMALL_TARGETS))
STILLNESS = Check("movements", ("A40", "A41"), listed(seen.MOVEMENTS))
ORDER = Check("out of order", ("A14",), listed(seen.OUT_OF_ORDER))
REACH = Check("out of reach", ("A18",), listed(seen.OUT_OF_REACH))
COVERED = Check("covered focus", ("A23",), listed(seen.COVERED))
STUCK = Check("sticky parts", ("A23",), listed(seen.STUCK))
NO_TIPS = Check("only under the pointer", ("A42",), listed(seen.ONLY_UNDER_THE_POINTER))
TOLD_ERRORS = Check("untold errors", ("A51",), listed(seen.UNTOLD_ERRORS))
TOLD_LIMITS = Check("untold limits", ("A57",), listed(seen.UNTOLD_LIMITS))
SKIP_LINK = Check("skip link", ("A6",), seen.skip_link_leads_on)
TABBING = Check("tabbing", ("A18", "A19"), seen.every_stop_is_reached)
COSTS = (
    Check("bytes", (), too_many_bytes),
    Check("strangers", (), listed(seen.STRANGERS)),
    Check("left behind", (), left_behind),
)


def _reflow(*proves: str) -> Check:
    return Check("reflow", proves, listed(seen.SIDEWAYS))


def _nothing_cut(*proves: str) -> Check:
    return Check("cut off", proves, listed(seen.CUT_OFF))


def _rings_of_new_kinds(number: str, name: str) -> Check:
    return Check(
        "invisible focus", (number,), lambda page: invisible_rings(page, new_kinds_of=name)
    )


# What words alone can change: the same page in another language needs no engine.
WORDS = (
    View("desktop", DESKTOP, (*STATIC, *COSTS)),
    View("telephone", PHONE, (TARGETS, _reflow("A29"), _nothing_cut("A29")), unfolded=True),
)
# What the engine finds that finds most does not wait for the long form: for pages that lie behind a sign-in, too.
ENGINE = (
    View("desktop", DESKTOP, (*STATIC, *COSTS, AXE, PICTURES), unfolded=True),
    *WORDS[1:],
)
SPACED = View(
    "widely spaced",
    PHONE,
    (_reflow("A33"), _nothing_cut("A33")),
    styles=seen.TEXT_SPACING,
    unfolded=True,
)
SHORT = (
    View(
        "desktop",
        DESKTOP,
        (
            *STATIC,
            *COSTS,
            VALID,
            AXE,
            IBM,
            PICTURES,
            EDGES,
            REACH,
            STUCK,
            NO_TIPS,
            TOLD_ERRORS,
            TOLD_LIMITS,
            SKIP_LINK,
        ),
        unfolded=True,
    ),
    View(
        "telephone",
        PHONE,
        (TARGETS, _reflow("A29"), ORDER, COVERED),
        unfolded=True,
    ),
    SPACED,
    View(
        "400 %",
        {"width": 320, "height": 256},
        (_reflow("A30"), _nothing_cut("A30")),
        unfolded=True,
    ),
    View(
        "200 % text",
        {"width": 640, "height": 480},
        (_reflow("A31"), _nothing_cut("A31")),
        styles="html { font-size: 200% !important; }",
        unfolded=True,
    ),
    View("folded", DESKTOP, (STILLNESS,)),
    View("at rest", DESKTOP, (STILLNESS,), media={"reduced_motion": "reduce"}),
)
LYING = View("landscape", {"width": 640, "height": 320}, (_reflow("A37"), COVERED), unfolded=True)
IN_THE_DARK = View("dark telephone", PHONE, (CONTRAST, PICTURES), media=DARK, unfolded=True)
# What the short form leaves to a few pages that stand for the others.
FEW = (SPACED, LYING, IN_THE_DARK)
LONG = (
    *SHORT,
    View("focus", DESKTOP, (_rings_of_new_kinds("A20", "light"), TABBING), unfolded=True),
    View(
        "390 px",
        {"width": 390, "height": 844},
        (_reflow("A29"), _nothing_cut("A29")),
        unfolded=True,
    ),
    View("focus at 400 %", {"width": 320, "height": 256}, (COVERED,), unfolded=True),
    LYING,
    IN_THE_DARK,
    View(
        "dark",
        DESKTOP,
        (CONTRAST, PICTURES, EDGES, _rings_of_new_kinds("A22", "dark")),
        media=DARK,
        unfolded=True,
    ),
    View(
        "forced colours",
        DESKTOP,
        (_rings_of_new_kinds("A21", "forced"), _reflow("A46")),
        media=FORCED,
        unfolded=True,
    ),
    View("print", {"width": 720, "height": 1000}, (_reflow("A47"),), media={"media": "print"}),
)
