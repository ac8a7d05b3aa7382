"""What only a browser can tell of a page: the engine's findings in light and dark, reflow, targets, movement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
AXE_OPTIONS = """{
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: {'color-contrast-enhanced': {enabled: true}},
}"""
TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
SIDEWAYS = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
# Links inside sentences may be as high as the line; everything to choose, press or fill in is 44 px high.
SMALL_TARGETS = """() => [...document.querySelectorAll(
        '.opt, .button, summary, input[type=text], input[type=email], select, textarea, nav a, nav button')]
    .filter(e => e.getClientRects().length)
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.height < 44 || box.width < 24)
    .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
CUT_OFF = """() => [...document.querySelectorAll('.opt, .button, summary, legend, p, a')]
    .filter(e => !e.closest('.vh') && e.getClientRects().length && e.scrollWidth > e.clientWidth + 1
        && getComputedStyle(e).display != 'inline')
    .map(e => e.outerHTML.slice(0, 100))"""


# Another width and other colours change what is seen, not how the page is made.
AXE_OPTIONS_SEEN = """{
    resultTypes: ['violations'],
    runOnly: {type: 'rule', values: ['color-contrast', 'color-contrast-enhanced', 'target-size',
        'link-in-text-block', 'scrollable-region-focusable']},
}"""


def axe_violations(page: Page, options: str = AXE_OPTIONS) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {options})")
    return [
        f"{v['id']}: {n['html'][:120]} {n['failureSummary'][:200]}"
        for v in found["violations"]
        for n in v["nodes"]
    ]


def wrong_at_first_sight(page: Page) -> dict[str, object]:
    """The short form: the engine's findings on a desktop, reflow and targets on a small telephone."""
    found: dict[str, object] = {"axe on a desktop": axe_violations(page)}
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found["targets"] = page.evaluate(SMALL_TARGETS)
    found["sideways"] = page.evaluate(SIDEWAYS)
    return {name: wrong for name, wrong in found.items() if wrong}


def wrong_in_a_browser(page: Page) -> dict[str, object]:
    """What is wrong with the page shown, opened on a desktop with its policy bypassed; empty for a good one."""
    found: dict[str, object] = {"axe on a desktop": axe_violations(page)}
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found["axe in the dark on a telephone"] = axe_violations(page, AXE_OPTIONS_SEEN)
    found["targets"] = page.evaluate(SMALL_TARGETS)
    found["moving"] = page.evaluate("document.getAnimations().length")
    sideways = [page.evaluate(SIDEWAYS)]
    page.set_viewport_size({"width": 320, "height": 256})
    sideways.append(page.evaluate(SIDEWAYS))
    page.add_style_tag(content=TEXT_SPACING)
    sideways.append(page.evaluate(SIDEWAYS))
    found["cut off"] = page.evaluate(CUT_OFF)
    page.set_viewport_size({"width": 640, "height": 480})
    page.add_style_tag(content="html { font-size: 200% !important; }")
    sideways.append(page.evaluate(SIDEWAYS))
    found["sideways"] = max(sideways)
    found["stuck"] = page.evaluate(
        "[...document.querySelectorAll('*')].filter("
        "e => ['sticky', 'fixed'].includes(getComputedStyle(e).position)).length"
    )
    return {name: wrong for name, wrong in found.items() if wrong}
