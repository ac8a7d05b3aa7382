"""The gate that every page in every state must pass: one table of checks, each with its numbers of the list.

The short form is what every run can afford for hundreds of states; NACHKLANG_TESTS=long asks for everything.
"""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING

from tests.accessibility import views

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.accessibility.views import View


class Form(Enum):
    """How much is looked at."""

    SHORT = "short"
    OTHER_WORDS = "other words"
    """A page that was looked at already, now in another language: what words alone can change."""
    ENGINE = "engine"
    """The same, and the engine that finds most; the other two wait for the long form."""
    FEW = "few"
    """Ways of seeing that the short form leaves to a few pages, which stand for the others."""
    LONG = "long"


FORM = Form.LONG if os.environ.get("NACHKLANG_TESTS") == "long" else Form.SHORT
VIEWS: dict[Form, tuple[View, ...]] = {
    Form.SHORT: views.SHORT,
    Form.OTHER_WORDS: views.WORDS,
    Form.ENGINE: views.ENGINE,
    Form.FEW: views.FEW,
    Form.LONG: views.LONG,
}
SEEN_BESIDES: dict[str, frozenset[str]] = {
    "A33": frozenset({"widely spaced"}),
    "A37": frozenset({"landscape"}),
    "A40": frozenset({"at rest"}),
    "A43": frozenset({"dark telephone"}),
}
"""Ways of seeing without which these promises are not looked at, whatever other checks have to do with them."""


def faults_of(page: Page, *, form: Form = FORM) -> dict[str, list[str]]:
    """What is wrong with the page shown, by check: `{"A29 reflow (telephone)": ["12 px too wide"]}`.

    The page must come from a context whose policy is bypassed, as the fixture `tab` does. It is left as it was.
    """
    size = page.viewport_size
    found: dict[str, list[str]] = {}
    for view in VIEWS[form]:
        with view.taken(page):
            for check in view.checks:
                if wrong := check.look(page):
                    found[" ".join((*check.proves, check.name, f"({view.name})"))] = wrong
    if size is not None:
        page.set_viewport_size(size)
    return found


def checked(form: Form = FORM) -> frozenset[str]:
    """The numbers of the list that are looked at on a page in that form."""
    names = {view.name for view in VIEWS[form]}
    return frozenset(
        one
        for view in VIEWS[form]
        for check in view.checks
        for one in check.proves
        if SEEN_BESIDES.get(one, frozenset()) <= names
    )
