"""What a blind participant hears from the first page to the thanks, kept in docs/transcripts, and compared."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessibility.kept_snapshots import IS_WRITING
from tests.accessibility.participant.answering import ON, STATES, give
from tests.accessibility.spoken import readable, spoken
from tests.accessibility.steps import press_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from survey.language.wording import Language
    from tests.accessibility.office import Office

PLACE = Path(__file__).parents[2] / "docs/transcripts"
HEAD = """{what} ({language}), as a screen reader says it: from the top of the page to its end, one line a stop.

Said by Guidepup's virtual screen reader, whose own words are English: "radio, gut, not checked, position 2, set
size 7". Lines are moved in where they stand inside of something. Left out are the ends of things, and labels that
have just been said as a name. It says the value of a button, which real screen readers do not ("English, en").
Renewed by NACHKLANG_SNAPSHOTS=write scripts/test tests/accessibility/test_transcripts.py; a test compares.
"""
WHAT = {
    "form": "The form",
    "refused": "The form, refused",
    "check": "The check page",
    "thanks": "The thanks",
}
LANGUAGES = {"de": "German", "easy": "easy language", "en": "English"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", WHAT)
def test_what_is_heard_is_what_is_kept(
    tab: Page, office: Office, state: str, language: Language
) -> None:
    office.language = language
    office.begin_anew()
    STATES[state](tab, office)
    lines = readable(spoken(tab))
    # In easy language each question has a page of its own.
    while state == "form" and tab.locator(f"{ON}[value=next]").count():
        give(tab)
        press_at(tab, ON)
        if tab.locator(f"{ON}[value=next]").count():
            lines += ["", "---", "", *readable(spoken(tab))]
    head = HEAD.format(what=WHAT[state], language=LANGUAGES[language])

    assert compared(f"{state}-{language}.txt", f"{head}\n" + "\n".join(lines) + "\n") == []


def test_of_choices_without_a_group_only_the_group_is_not_heard(tab: Page, office: Office) -> None:
    office.language = "de"
    office.begin_anew()
    STATES["form"](tab, office)
    with_group = _said(tab)
    tab.evaluate(
        """() => {
            const group = document.querySelector('fieldset');
            group.querySelector('legend').remove();
            group.replaceWith(...group.childNodes);
        }"""
    )

    without_group = _said(tab)

    (missing,) = [line for line in with_group if line.startswith("group, Digitale Stadt: Wie war")]
    place = with_group.index(missing)
    assert without_group == [*with_group[:place], *with_group[place + 1 :]]


def _said(page: Page) -> list[str]:
    """What is heard, whatever it stands in."""
    return [line.strip() for line in readable(spoken(page))]


def compared(name: str, found: str) -> list[str]:
    """Lines that differ from what is kept."""
    path = PLACE / name
    if IS_WRITING:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
        return []
    kept = path.read_text(encoding="utf-8")
    return list(
        unified_diff(kept.splitlines(), found.splitlines(), "kept", "found", n=2, lineterm="")
    )
