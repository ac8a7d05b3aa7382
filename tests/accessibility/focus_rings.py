"""Every focus ring of a page at once: all stops are told that they have the focus, and new pixels are counted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from tests.accessibility.browser_checks import NAME, STOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from playwright.sync_api import Page

AROUND = 6
LEAST_CONTRAST = 3.0
TURNS = 2
_KIND = """(e => [e, e.closest('label'), e.parentElement].map(
    one => one && `${one.tagName}.${one.type || ''}.${one.className}`).join(' in '))"""
_seen: dict[str, set[str]] = {}


def invisible_rings(page: Page, *, new_kinds_of: str = "") -> list[str]:
    """Which stops do not get as many new pixels at 3:1 as a ring of one pixel around them has.

    Where a way of seeing is named, one stop of each kind is enough that nobody looked at in this way yet.
    """
    # A choice shows its ring around its tile.
    boxes: list[dict[str, Any]] = page.evaluate(
        f"""() => document.activeElement.blur() || {STOPS}.filter(e => !e.matches('.skip')).map((e, i) => {{
            e.setAttribute('data-gate-stop', i);
            const shape = (e.closest('label') || e).getBoundingClientRect();
            // A link that runs on in the next line has two boxes.
            const around = [...e.getClientRects()].reduce((sum, box) => sum + 2 * (box.width + box.height), 0);
            return {{name: {NAME}(e), kind: {_KIND}(e), around,
                x: shape.left + scrollX, y: shape.top + scrollY, w: shape.width, h: shape.height}};
        }})"""
    )
    asked: Sequence[int] = range(len(boxes))
    if new_kinds_of:
        kinds = {box["kind"]: i for i, box in enumerate(boxes)}
        known = _seen.setdefault(new_kinds_of, set())
        asked = sorted(i for kind, i in kinds.items() if kind not in known)
        known |= set(kinds)
    if not asked:
        return []
    before = _picture(page)
    wrong: set[int] = set()
    # Neighbours in turn, so that one's ring is not counted as the other's.
    for turn in range(TURNS):
        now = [i for place, i in enumerate(asked) if place % TURNS == turn]
        new = _is_new(before, _focused(page, now))
        wrong |= {i for i in now if _share(new, boxes[i]) < 1}
    page.evaluate(
        "document.querySelectorAll('[data-gate-stop]').forEach(e => e.removeAttribute('data-gate-stop'))"
    )
    return [boxes[i]["name"] for i in sorted(wrong)]


def _focused(page: Page, numbers: list[int]) -> NDArray[Any]:
    protocol = page.context.new_cdp_session(page)
    protocol.send("DOM.enable")
    protocol.send("CSS.enable")
    root = protocol.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    for number in numbers:
        asked = {"nodeId": root, "selector": f'[data-gate-stop="{number}"]'}
        node = protocol.send("DOM.querySelector", asked)["nodeId"]
        protocol.send(
            "CSS.forcePseudoState",
            {"nodeId": node, "forcedPseudoClasses": ["focus", "focus-visible"]},
        )
    picture = _picture(page)
    protocol.send("CSS.disable")
    protocol.detach()
    return picture


def new_pixels(before: bytes, after: bytes) -> int:
    """How many pixels of a picture differ at 3:1 from those of another."""
    return int(_is_new(_pixels(before), _pixels(after)).sum())


def _picture(page: Page) -> NDArray[Any]:
    return _pixels(page.screenshot(full_page=True, animations="disabled"))


def _pixels(png: bytes) -> NDArray[Any]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def _is_new(before: NDArray[Any], after: NDArray[Any]) -> NDArray[Any]:
    height = min(before.shape[0], after.shape[0])
    before, after = before[:height], after[:height]
    changed = (before != after).any(axis=2)
    contrast = np.ones(changed.shape)
    one, other = _luminance(before[changed]), _luminance(after[changed])
    contrast[changed] = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    new: NDArray[Any] = contrast >= LEAST_CONTRAST
    return new


def _luminance(colours: NDArray[Any]) -> NDArray[Any]:
    parts = colours / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    light: NDArray[Any] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return light


def _share(new: NDArray[Any], box: dict[str, Any]) -> float:
    left, top = max(0, int(box["x"]) - AROUND), max(0, int(box["y"]) - AROUND)
    right, bottom = int(box["x"] + box["w"]) + AROUND, int(box["y"] + box["h"]) + AROUND
    return float(new[top:bottom, left:right].sum() / box["around"])
