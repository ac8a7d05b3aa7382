"""A state shows the page that it is named after: no kept page is an error page, but those that are meant to be."""

from __future__ import annotations

import re

from tests.accessibility.kept_snapshots import PLACE

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
