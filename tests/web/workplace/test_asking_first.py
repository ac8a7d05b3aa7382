"""What deletes, closes, withdraws, counts or sends: a page says what will come of it, and only its button does it.

Every address of the workplace that takes a form stands in one of three tables (`presses.py`). A new one that stands in
none fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.rules import text
from tests.prepared import prepared
from tests.security.site_map import links_in, methods_of, place_of
from tests.security.two_towns import settle
from tests.web.workplace.presses import (
    ASKING,
    CONSEQUENCES,
    EDITION,
    KEEPS_WHAT_IS_TYPED,
    ONE_PRESS,
    TAKES_AWAY,
    Day,
    emil,
)
from tests.web.workplace.test_matrix import SITE, contents

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.accessibility.client import AccessibleClient, Page
    from tests.accessibility.rules import Element
    from tests.people import StoppedClock


@prepared
def settled(inst: Installation, clock: StoppedClock) -> None:
    """The town, with something of everything."""
    settle(inst, clock)


@pytest.mark.proves("A79")
def test_every_address_that_takes_a_form_is_known_for_asking_or_not() -> None:
    forms = {path for method, path, _ in SITE if method == "POST"}
    tables = (set(ASKING), set(ONE_PRESS), KEEPS_WHAT_IS_TYPED)

    assert set().union(*tables) == forms
    assert sum(len(table) for table in tables) == len(forms)
    keeping = {path for path in KEEPS_WHAT_IS_TYPED if path.endswith(TAKES_AWAY)}
    assert keeping == {f"{EDITION}/angaben/einlesen"}


@pytest.mark.proves("A79")
@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("path", ASKING)
def test_what_cannot_be_taken_back_says_first_what_will_come_of_it(
    inst: Installation, clock: StoppedClock, path: str
) -> None:
    asking, day = ASKING[path], Day(inst, clock)
    asking.prepare(day)
    start = emil(day) if asking.start == "emil" else asking.start
    olga = day.olga
    before = contents(inst)

    page, form = _question(olga, path, start, asking.button)

    sentences = [text(e) for note in _notes(page) for e in note.iter() if e.tag == "li"]
    assert all(sentences)
    assert any(asking.says in sentence for sentence in sentences), sentences
    assert contents(inst) == before
    reply = olga.press(page, form, asking.button, asking.typed)
    assert reply.status in {200, 303}
    assert contents(inst) != before


def _question(olga: AccessibleClient, path: str, start: str, button: str) -> tuple[Page, str]:
    """The page that asks, come to by a link, and where its form leads."""
    address = start
    page = olga.get(address)
    if "GET" in methods_of()[path]:
        address = next(
            link
            for link in links_in(page.html)
            if (place := place_of(link)) is not None and place.path == path
        )
        page = olga.get(address)
    assert page.status == 200
    pressed = next(e for e in page.markup.all("button") if text(e) == button)
    form = next(e for e in page.markup.above(pressed) if e.tag == "form")
    led = form.get("action") or address
    found = place_of(led)
    assert found is not None
    assert found.path == path
    return page, led


def _notes(page: Page) -> list[Element]:
    """The parts of the page that say what will come of it."""
    found = [
        next(e for e in page.markup.above(heading) if e.tag == "div")
        for heading in page.markup.all("h2")
        if text(heading) == CONSEQUENCES
    ]
    assert found
    return found
