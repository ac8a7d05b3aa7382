"""One stop of a walk: the state is reached, looked at, listened to, and compared with what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.wording import HTML_LANGUAGE
from tests.accessibility.gate import FORM, Form, faults_of
from tests.accessibility.kept_snapshots import IS_WRITING, compare, file_name, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

    from survey.language.wording import Language
    from tests.accessibility.office import Office
    from tests.accessibility.site_walk import Walk
    from tests.accessibility.walks import Tour

IS_LONG = FORM is Form.LONG
SOME = 8
"""Of the workplace's pages the short form opens one of so many in English."""
_TEXTS = "Texte lesen und freigeben"
_TEXT = "Einen Text freigeben"
NOT_KEPT: Mapping[str, str] = {
    "results: texts": _TEXTS,
    "results: all texts": _TEXTS,
    "results: a text": _TEXT,
    "results: a text, rewritten": _TEXT,
    "results: a text, released": _TEXTS,
    "results: texts, released": _TEXTS,
    "results: texts, none chosen": _TEXTS,
}
"""States that sound different each time, texts lie in an order drawn by lot at each count; and their headings."""

SHOWN = frozenset(
    f"questionnaire: {name}"
    for name in ("questionnaire-preview-form", "questionnaire-preview-easy", "preview answered")
)
"""States that show a participant's form: in the language that was chosen for it, whichever the office speaks."""


def stops(tour: Tour, *languages: Language) -> list[tuple[Language, str]]:
    """Languages and states to be visited, those of the tour or some of them: in the long form all.

    In the short one participants' states in German, and in the other languages as many as show every page; of the
    workplace every page that can be opened, in German, and some of them in English. What is shown only when something
    is sent, the long form visits; the short one asks that a state is known to show it.
    """
    return [
        (language, name)
        for language in languages or tour.languages
        for name in _seen(tour, language)
    ]


def _seen(tour: Tour, language: Language) -> list[str]:
    if IS_LONG or IS_WRITING:
        return [*tour.pages, *tour.states]
    is_first = language == tour.languages[0]
    shown = tour.shown_by().items()
    if tour.name == "workplace":
        opened = dict.fromkeys(state for (method, _), state in shown if method == "GET")
        return [*tour.pages, *opened] if is_first else list(tour.pages)[::SOME]
    needed = {state for _, state in shown}
    return [*tour.pages, *(name for name in tour.states if is_first or name in needed)]


def reach(page: Page, office: Office, tour: Tour, *, language: Language, name: str) -> None:
    """The page is shown in that state, in an office where nothing else has happened."""
    office.language = language
    office.begin_anew()
    if tour.name == "workplace":
        office.sign_in(page)
    if name in tour.pages:
        page.goto(office.at(tour.pages[name]))
    else:
        tour.states[name](page, office)


def stop(
    page: Page, office: Office, tour: Tour, walk: Walk, *, language: Language, name: str
) -> dict[str, list[str]]:
    """What is wrong there: with the page, with what a screen reader hears, with its language."""
    with walk.watch(page, name):
        reach(page, office, tour, language=language, name=name)
    found: dict[str, list[str]] = {}
    spoken = page.get_attribute("html", "lang")
    if spoken != HTML_LANGUAGE[office.language] and name not in SHOWN:
        found["A1 language"] = [f"{spoken} where {office.language} is spoken"]
    if differs := _unlike(page, office, tour.area(language), name):
        found["names and roles"] = differs
    if IS_WRITING and not IS_LONG:
        return found
    return found | faults_of(page, form=form_at(tour, language, name))


def _unlike(page: Page, office: Office, area: str, name: str) -> list[str]:
    if name not in NOT_KEPT:
        return compare(area, name, snapshot_of(page))
    heading, wanted = page.locator("h1").inner_text(), office.say(NOT_KEPT[name])
    return [] if heading == wanted else [f"{heading!r} where {wanted!r} is wanted"]


def kept(tour: Tour) -> list[str]:
    """The files that are kept of a walk, one for each state in each language: `workplace-de/today-today`."""
    return [
        f"{tour.area(language)}/{file_name(name)}"
        for language in tour.languages
        for name in (*tour.pages, *tour.states)
        if name not in NOT_KEPT
    ]


def form_at(tour: Tour, language: Language, name: str) -> Form:
    """How much is looked at there."""
    if IS_LONG:
        return Form.LONG
    if tour.name == "participant" and language == tour.languages[0]:
        return Form.SHORT
    is_first = name in tour.pages and language == tour.languages[0]
    return Form.ENGINE if is_first else Form.OTHER_WORDS
