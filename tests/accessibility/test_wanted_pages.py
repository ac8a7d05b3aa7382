"""A state shows the page that it is named after, and each has one file of its own that says what is to be heard."""

from __future__ import annotations

import re

from tests.accessibility.kept_snapshots import PLACE, out_of_place
from tests.accessibility.touring import NOT_KEPT, kept
from tests.accessibility.walks import PARTICIPANTS, WORKPLACE

# Where every number follows the checks, so does the level.
HEADING = re.compile(r'heading "(.*)" \[level=[1N]\]')
ERROR_PAGES = {"Diese Seite gibt es nicht", "Hier ist ein Fehler passiert"}
MEANT = {
    "participant-de/reading-broken",
    "participant-de/reading-no-results-yet",
    "participant-de/reading-nowhere",
    "workplace-de/errors-an-edition-that-is-not-there",
    "workplace-de/errors-broken",
    "workplace-de/errors-for-organisers-only",
    "workplace-de/errors-nowhere",
    "workplace-de/errors-nowhere-outside",
}


def test_only_states_that_are_meant_to_show_an_error_page() -> None:
    headings = {
        path.relative_to(PLACE).with_suffix("").as_posix(): HEADING.findall(
            path.read_text(encoding="utf-8")
        )
        for path in PLACE.glob("*-de/*.yaml")
    }

    assert [name for name, found in headings.items() if not found] == []
    assert {name for name, found in headings.items() if found[0] in ERROR_PAGES} == MEANT


def test_what_is_out_of_place_is_told() -> None:
    assert out_of_place(["a", "b"], ["a", "b"]) == []

    assert out_of_place(["a", "gone"], ["a", "a", "new"]) == [
        "kept of no state: gone",
        "not kept: new",
        "kept of several: a",
    ]


def test_each_state_has_a_file_and_each_file_a_state() -> None:
    there = [
        path.relative_to(PLACE).with_suffix("").as_posix()
        for path in PLACE.rglob("*")
        if path.is_file()
    ]

    assert out_of_place(there, [*kept(PARTICIPANTS), *kept(WORKPLACE)]) == []


def test_what_is_not_kept_is_a_state() -> None:
    assert set(NOT_KEPT) - {*WORKPLACE.pages, *WORKPLACE.states} == set()
