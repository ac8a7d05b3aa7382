"""Every check finds what it is there for: a good page, broken in one place, is refused by those who must see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility import focus_rings
from tests.accessibility.gate import FORM, Form
from tests.accessibility.planted import PLANTED, changed
from tests.accessibility.report import DOCUMENT
from tests.accessibility.views import LONG

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.accessibility.conftest import World

AXE = "axe (desktop)"
CHECKS = {f"{check.name} ({view.name})": (view, check) for view in LONG for check in view.checks}
NEEDED = {name for fault in PLANTED.values() for name in fault.seen_by}


@pytest.mark.parametrize("name", PLANTED, ids=lambda name: name.replace(" ", "_"))
def test_a_planted_fault_is_found(
    tab: Page, world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fault = PLANTED[name]
    # The long form also shows what the best known engine alone does not find.
    asked = {*fault.seen_by, AXE} if FORM is Form.LONG else fault.seen_by
    monkeypatch.setattr(focus_rings, "_seen", {})

    with changed(tab, world.form(), fault.good, fault.bad):
        found = {seen for seen in asked if _finds(tab, seen)}

    assert found == set(fault.seen_by)


@pytest.mark.proves("A19", "A21", "A22")
def test_the_page_before_it_was_broken_passes(tab: Page, world: World) -> None:
    with changed(tab, world.form(), "", ""):
        found = [seen for seen in sorted(NEEDED) if _finds(tab, seen)]

    assert found == []


def test_every_check_has_a_fault_that_it_finds() -> None:
    proved = {name.rpartition(" (")[0] for name in NEEDED}

    assert {check.name for _, check in CHECKS.values()} - proved == set()


def test_the_documentation_says_how_few_one_engine_alone_finds() -> None:
    found = [
        name
        for name, fault in PLANTED.items()
        if any(seen.startswith("axe") for seen in fault.seen_by)
    ]

    told = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    assert len(found) < len(PLANTED) / 3
    assert f"One engine alone finds {len(found)} of the {len(PLANTED)} faults" in told


def _finds(page: Page, seen: str) -> list[str]:
    view, check = CHECKS[seen]
    with view.taken(page):
        return check.look(page)
