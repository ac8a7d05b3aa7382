"""What only a browser can tell of a page, one script each: a list of what is wrong comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
TEXT_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
# What takes the focus, in the page's order; a group of radios is one stop and its first stands for all.
STOPS = """[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.type != 'hidden' && e.checkVisibility())"""
MOST_STOPS_INSIDE = 400
NAME = "(e => e.outerHTML.replace(/\\s+/g, ' ').slice(0, 100))"

SIDEWAYS = """() => {
    const much = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
    return much > 0 ? [`${much} px too wide`] : [];
}"""
# Links inside sentences may be as high as the line; everything to choose, press or fill in is 44 px high.
SMALL_TARGETS = """() => [...document.querySelectorAll(
        '.opt, .button, summary, input[type=text], input[type=email], select, textarea, nav a, nav button')]
    .filter(e => e.getClientRects().length)
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => box.height < 44 || box.width < 24)
    .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
CUT_OFF = """() => [...document.querySelectorAll('.opt, .button, summary, legend, p, a, td, th, dd, dt, label')]
    .filter(e => !e.closest('.vh, .skip') && e.getClientRects().length && getComputedStyle(e).display != 'inline')
    .filter(e => !e.closest('thead') || getComputedStyle(e.closest('thead')).clipPath == 'none')
    .filter(e => e.scrollWidth > e.clientWidth + 1 || (e.scrollHeight > e.clientHeight + 1
        && getComputedStyle(e).overflowY != 'visible'))
    .map(e => e.outerHTML.slice(0, 100))"""
MOVEMENTS = """() => document.getAnimations().map(one => one.animationName || one.transitionProperty)
    .concat(getComputedStyle(document.documentElement).scrollBehavior == 'smooth' ? ['smooth scrolling'] : [])"""
# Whoever tabs goes down the page: on a telephone everything stands in one column.
OUT_OF_ORDER = f"""() => {{
    const stops = {STOPS}.filter(e => !e.closest('.skip'))
        .map(e => [e, (e.closest('label') || e).getBoundingClientRect()]).filter(([e, box]) => box.height > 1);
    return stops.slice(1).filter(([e, box], i) => box.bottom <= stops[i][1].top)
        .map(([e]) => {NAME}(e));
}}"""
# What can be used with a pointer must not be left out of the round that Tab makes.
OUT_OF_REACH = f"""() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(e => e.tabIndex < 0 && !e.disabled && e.type != 'hidden' && e.checkVisibility()
        && e.getAttribute('aria-hidden') != 'true').map(e => {NAME}(e))"""
# Nothing may lie over what has the focus; a tile's own label may.
COVERED = f"""() => {{
    const wrong = [];
    for (const e of {STOPS}) {{
        e.focus();
        const box = e.getBoundingClientRect();
        // A long text field shows where the typing begins: of what is to be seen, the middle.
        const between = (low, high, edge) => (Math.max(0, low) + Math.min(edge, high)) / 2;
        const [x, y] = [between(box.left, box.right, innerWidth), between(box.top, box.bottom, innerHeight)];
        const on_top = document.elementFromPoint(x, y);
        const rects = [...e.getClientRects()];
        const own = on_top && (on_top.contains(e) || e.contains(on_top) || e.closest('label')?.contains(on_top)
            || rects.length > 1);
        if (!own) wrong.push(`${{{NAME}(e)}} lies under ${{on_top ? {NAME}(on_top) : 'the edge'}}`);
    }}
    document.activeElement.blur();
    scrollTo(0, 0);
    return wrong;
}}"""
STUCK = """() => [...document.querySelectorAll('body *')]
    .filter(e => ['sticky', 'fixed'].includes(getComputedStyle(e).position)).map(e => e.outerHTML.slice(0, 100))"""
_COLOURS = """
    const parts = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
    const part = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    const contrast = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const ground = e => {
        for (; e; e = e.parentElement) {
            const colour = parts(getComputedStyle(e).backgroundColor);
            if (colour.length == 3 || colour[3] == 1) return colour;
        }
        return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
    };
"""
# The edge of what can be filled in or pressed, against what it stands on: 3:1.
PALE_EDGES = f"""() => {{
    {_COLOURS}
    // A tile whose own circle or box is to be seen needs no edge. That one the browser draws, in colours that no
    // style tells: its pixels are counted where choices are looked at in every colour.
    const edges = 'input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), select, textarea,'
        + '.button, .numbers .opt';
    const opaque = colour => parts(colour).length == 3;
    return [...document.querySelectorAll(edges)]
        .filter(e => e.checkVisibility({{opacityProperty: true}}) && e.getBoundingClientRect().width > 1)
        .filter(e => {{
            const own = getComputedStyle(e), under = ground(e.parentElement);
            const seen = ['Top', 'Bottom'].some(side => own[`border${{side}}Style`] != 'none'
                && parseFloat(own[`border${{side}}Width`]) > 0
                && opaque(own[`border${{side}}Color`])
                && contrast(parts(own[`border${{side}}Color`]), under) >= 3);
            return !seen && contrast(ground(e), under) < 3;
        }})
        .map(e => {NAME}(e));
}}"""
# A text in a chart, against what was painted last below its middle: 7:1.
PALE_IN_PICTURES = f"""() => {{
    {_COLOURS}
    const middle = e => {{
        const box = e.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2];
    }};
    const isBelow = (shape, text) => {{
        const box = shape.getBoundingClientRect(), [x, y] = middle(text);
        return shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING && box.left <= x && x <= box.right
            && box.top <= y && y <= box.bottom && getComputedStyle(shape).fill != 'none';
    }};
    return [...document.querySelectorAll('svg text')]
        .filter(e => e.checkVisibility() && e.textContent.trim())
        .filter(e => {{
            const shapes = [...e.ownerSVGElement.querySelectorAll('rect, circle, path, polygon')];
            const last = shapes.filter(one => isBelow(one, e)).at(-1);
            const under = last ? parts(getComputedStyle(last).fill) : ground(e.ownerSVGElement);
            return contrast(parts(getComputedStyle(e).fill), under) < 7;
        }})
        .map(e => {NAME}(e));
}}"""
# Nothing appears only while the pointer rests on something.
ONLY_UNDER_THE_POINTER = (
    f"() => [...document.querySelectorAll('body [title]:not(iframe)')].map(e => {NAME}(e))"
)
UNTOLD_ERRORS = f"""() => [...document.querySelectorAll('.bad input:not([type=radio], [type=checkbox]), .bad textarea')]
    .filter(e => e.closest('.bad').querySelectorAll('input, textarea, select').length == 1)
    .filter(e => e.getAttribute('aria-invalid') != 'true' || !e.getAttribute('aria-describedby'))
    .map(e => {NAME}(e))"""
# Whoever counts letters says so in a status, and the limit stands there before anybody types.
UNTOLD_LIMITS = f"""() => [...document.querySelectorAll('[data-limit], textarea[maxlength]')]
    .filter(e => e.hasAttribute('maxlength') || !/\\d/.test(document.getElementById(
        (e.getAttribute('aria-describedby') || '').split(' ')[0])?.textContent || ''))
    .map(e => {NAME}(e))"""
# Nobody else hears of a visit, and nothing is left behind that a script could read.
STRANGERS = """() => performance.getEntriesByType('resource').map(one => one.name)
    .filter(one => !one.startsWith('data:') && new URL(one).origin != location.origin)"""
KEPT_BY_THE_BROWSER = """async () => [localStorage.length, sessionStorage.length, document.cookie,
    (await indexedDB.databases()).length, (await navigator.serviceWorker?.getRegistrations() ?? []).length]"""
UNFOLD = """() => document.querySelectorAll('details:not([open])').forEach(e => {
    e.open = true;
    e.dataset.gateUnfolded = '';
})"""
# Colours that fade over have arrived.
SETTLE = """() => document.getAnimations().filter(one => one instanceof CSSTransition)
    .forEach(one => one.finish())"""
FOLD = """() => document.querySelectorAll('[data-gate-unfolded]').forEach(e => {
    e.open = false;
    delete e.dataset.gateUnfolded;
})"""
# Whoever tabs next, begins with the page: losing the focus alone would leave the place where it was.
AT_THE_TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    document.activeElement.blur();
    scrollTo(0, 0);
}"""


def listed(script: str) -> Callable[[Page], list[str]]:
    """What the script finds."""

    def look(page: Page) -> list[str]:
        return [str(one) for one in page.evaluate(script)]

    return look


def skip_link_leads_on(page: Page) -> list[str]:
    """The first stop is the skip link; it becomes visible and leads to the content."""
    page.evaluate(AT_THE_TOP)
    page.keyboard.press("Tab")
    shown: bool = page.evaluate(
        "document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0"
    )
    page.keyboard.press("Enter")
    there: bool = page.evaluate("document.activeElement.matches('main')")
    page.evaluate(f"history.replaceState(null, '', location.href.split('#')[0]); ({AT_THE_TOP})()")
    return [] if shown and there else [f"shown: {shown}, leads to the content: {there}"]


def every_stop_is_reached(page: Page) -> list[str]:
    """Tab reaches everything that can take the focus, once, and leaves the page at its end."""
    stops: int = page.evaluate(
        f"""() => {{
            ({AT_THE_TOP})();
            // A group of radios is one stop.
            const seen = new Set();
            window.gate_stops = {STOPS}.filter(e => e.type != 'radio' || !seen.has(e.name) && seen.add(e.name));
            window.gate_reached = [];
            window.gate_notes = ({{target}}) => target.matches('iframe') || gate_reached.push(gate_stops.findIndex(
                e => e == target || e.type == 'radio' && e.name == target.name));
            document.addEventListener('focusin', gate_notes);
            return gate_stops.length;
        }}"""
    )
    for _ in range(stops + 1):
        page.keyboard.press("Tab")
    # A page shown inside of the page has stops of its own, of which nothing is told here.
    inside = MOST_STOPS_INSIDE if len(page.frames) > 1 else 0
    while inside and not page.evaluate("gate_reached.includes(gate_stops.length - 1)"):
        page.keyboard.press("Tab")
        inside -= 1
    reached: list[int] = page.evaluate(
        f"""() => {{
            document.removeEventListener('focusin', gate_notes);
            const reached = gate_reached;
            ({AT_THE_TOP})();
            return reached;
        }}"""
    )
    # After the last stop the page is left, or begun anew.
    if reached[:stops] == list(range(stops)) and reached[stops:] in ([], [0]):
        return []
    missed = sorted(set(range(stops)) - set(reached))
    names = page.evaluate(f"missed => missed.map(i => {NAME}(gate_stops[i]))", missed)
    return [f"of {stops} stops in the order {reached}", *names]
