"""The questionnaire's pages, as the browser tests visit them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.steps import meanwhile_changed, posted, press, sent, visited

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

_PLANNED = "/arbeit/ausgaben/ikone2"
_OPEN = "/arbeit/ausgaben/kk2020"

PAGES: dict[str, str] = {
    "questionnaire-outline": f"{_PLANNED}/fragebogen",
    "questionnaire-frozen": f"{_OPEN}/fragebogen",
    "questionnaire-library": f"{_PLANNED}/fragebogen/hinzufuegen",
    "question-rating": f"{_PLANNED}/fragebogen/frage/overall",
    "question-text": f"{_PLANNED}/fragebogen/frage/focus",
    "question-frozen": f"{_OPEN}/fragebogen/frage/overall",
    "question-new": f"{_PLANNED}/fragebogen/neue-frage?art=multiple_choice",
    "question-removal": f"{_PLANNED}/fragebogen/frage/overall/entfernen",
    "section-edit": f"{_PLANNED}/fragebogen/abschnitt/call",
    "section-new": f"{_PLANNED}/fragebogen/neuer-abschnitt",
    "questionnaire-preview": f"{_PLANNED}/fragebogen/vorschau",
    "questionnaire-preview-form": f"{_PLANNED}/fragebogen/vorschau/formular",
    "questionnaire-preview-easy": f"{_PLANNED}/fragebogen/vorschau/formular?in=easy",
    "send-off-check": f"{_PLANNED}/pruefung",
    "section-removal": f"{_PLANNED}/fragebogen/abschnitt/call/entfernen",
}


def _refuse_question(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PLANNED}/fragebogen/frage/overall"))
    page.locator("#wording_de").fill("")
    page.locator("#choice_2_de").fill("")
    press(page, office, "Frage speichern")


def _refuse_section(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PLANNED}/fragebogen/neuer-abschnitt"))
    press(page, office, "Abschnitt speichern")


def _choose_nothing(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PLANNED}/fragebogen/hinzufuegen"))
    press(page, office, "Ausgewählte Fragen hinzufügen")


def _preview_answered(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PLANNED}/fragebogen/vorschau/formular"))
    posted(page, page.url, {"_action": "check"})


def _warnings_read(page: Page, office: Office) -> None:
    page.goto(office.at(f"{_PLANNED}/pruefung"))
    press(page, office, "Hinweise gelesen")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "question-refused": _refuse_question,
    "section-refused": _refuse_section,
    "library-refused": _choose_nothing,
    "preview answered": _preview_answered,
    "warnings read": _warnings_read,
    "question moved": sent(f"{_PLANNED}/fragebogen", button="main button.move"),
    "question moved, changed meanwhile": meanwhile_changed(
        f"{_PLANNED}/fragebogen", button="main button.move"
    ),
    "question to another section": sent(
        f"{_PLANNED}/fragebogen/frage/overall", button="main form[action$='/verschieben'] button"
    ),
    "question removed, changed meanwhile": meanwhile_changed(
        f"{_PLANNED}/fragebogen/frage/overall/entfernen"
    ),
    "section removed, changed meanwhile": meanwhile_changed(
        f"{_PLANNED}/fragebogen/abschnitt/call/entfernen"
    ),
    "questionnaire frozen, question added": visited(f"{_OPEN}/fragebogen/hinzufuegen"),
}
