"""Results, texts, themes, versions, speakers' links and the public page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from survey.reporting.quotes import texts_to_read
from survey.sharing import share_session
from tests.accessibility.steps import press, press_at
from tests.people import stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_OF = "/arbeit/ausgaben/kk2019/ergebnisse"

PAGES = {
    "results": _OF,
    "results before the count": "/arbeit/ausgaben/kk2020/ergebnisse",
    "results of one session": f"{_OF}/punkte/ws01",
    "results to download": f"{_OF}/herunterladen",
    "protocols": f"{_OF}/protokolle",
    "protocols while open": "/arbeit/ausgaben/kk2020/ergebnisse/protokolle",
    "information for the staff council": f"{_OF}/personalrat",
    "texts": f"{_OF}/texte",
    "all texts": f"{_OF}/texte?zeigen=alle",
    "themes": f"{_OF}/themen",
    "new version": f"{_OF}/fassung",
    "public page to be planned": f"{_OF}/veroeffentlichen",
    "what comes of the findings": f"{_OF}/veroeffentlichen/daraus",
    "public page to be taken back": f"{_OF}/veroeffentlichen/zuruecknehmen",
    "public page": f"{_OF}/veroeffentlichen/vorschau",
    "public page in easy language": f"{_OF}/veroeffentlichen/vorschau?sprache=easy",
    "session to be shared": f"{_OF}/punkte/ws01/teilen",
}


def _texts_of(office: Office) -> tuple[str, ...]:
    return tuple(text.id for text in texts_to_read(office.inst, "kk2019"))


def _text(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/texte/{_texts_of(office)[0]}"))


def _text_rewritten(page: Page, office: Office) -> None:
    _text(page, office)
    page.fill("main textarea", "Ganz etwas anderes.")
    press(page, office, "So freigeben")


def _text_released(page: Page, office: Office) -> None:
    _text(page, office)
    press(page, office, "So freigeben")


def _texts_released(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/texte?zeigen=alle"))
    page.locator("main input[name=text]").first.check()
    press(page, office, "Ausgewählte freigeben")


def _no_text_chosen(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/texte?zeigen=alle"))
    press(page, office, "Ausgewählte freigeben")


def _a_theme(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/themen"))
    page.fill("#name_de", "Mehr Pausen")
    press_at(page, "main form button[type=submit]")


def _theme(page: Page, office: Office) -> None:
    _a_theme(page, office)
    press_at(page, "main a[href*='/ergebnisse/themen/']")


def _theme_refused(page: Page, office: Office) -> None:
    _theme(page, office)
    page.fill("#name_de", "")
    press_at(page, "main form button[type=submit]")


def _published(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/veroeffentlichen"))
    press_at(page, "main form button[type=submit]")


def _what_comes_of_it(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/veroeffentlichen/daraus"))
    page.locator("main textarea").first.fill("Es gibt längere Pausen.")
    press_at(page, "main form button[type=submit]")


def _too_long_a_decision(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/veroeffentlichen/daraus"))
    page.locator("main textarea").first.fill("x" * 5000)
    press_at(page, "main form button[type=submit]")


def _taken_back(page: Page, office: Office) -> None:
    _published(page, office)
    page.goto(office.at(f"{_OF}/veroeffentlichen/zuruecknehmen"))
    press_at(page, "main form button[type=submit]")


def _shared(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_OF}/punkte/ws01/teilen"))
    press(page, office, "Link anlegen")


def _of_a_speaker(page: Page, office: Office) -> None:
    record = stored_record(office.inst, "kk2019")
    path = urlsplit(share_session(office.inst, record, "ws01").address).path
    page.context.clear_cookies()
    page.goto(office.at(path))


def _of_no_speaker(page: Page, office: Office) -> None:
    page.context.clear_cookies()
    page.goto(office.at("/geteilt/x"))


def _nothing_new(page: Page, office: Office) -> None:
    _text_released(page, office)
    page.goto(office.at(f"{_OF}/fassung"))


def _version_published(page: Page, office: Office) -> None:
    _nothing_new(page, office)
    press_at(page, "main form button[type=submit]")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "a text": _text,
    "a text, rewritten": _text_rewritten,
    "a text, released": _text_released,
    "texts, released": _texts_released,
    "texts, none chosen": _no_text_chosen,
    "a theme added": _a_theme,
    "a theme": _theme,
    "a theme, refused": _theme_refused,
    "a page for everybody, planned": _published,
    "what comes of it": _what_comes_of_it,
    "what comes of it, too long": _too_long_a_decision,
    "a page for everybody, taken back": _taken_back,
    "a session, shared": _shared,
    "results of a speaker": _of_a_speaker,
    "results of a speaker, link over": _of_no_speaker,
    "a new version, to be published": _nothing_new,
    "a new version, published": _version_published,
}
