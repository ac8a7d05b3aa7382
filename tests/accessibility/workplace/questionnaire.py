"""The questionnaire's pages, as the browser tests visit them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

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
}


def _refuse_question(page: Page, base_address: str) -> None:
    page.goto(f"{base_address}{_PLANNED}/fragebogen/frage/overall")
    page.locator("#wording_de").fill("")
    page.locator("#choice_2_de").fill("")
    page.get_by_role("button", name="Frage speichern").last.click()


def _refuse_section(page: Page, base_address: str) -> None:
    page.goto(f"{base_address}{_PLANNED}/fragebogen/neuer-abschnitt")
    page.get_by_role("button", name="Abschnitt speichern").click()


def _choose_nothing(page: Page, base_address: str) -> None:
    page.goto(f"{base_address}{_PLANNED}/fragebogen/hinzufuegen")
    page.get_by_role("button", name="Ausgewählte Fragen hinzufügen").click()


STATES: dict[str, Callable[[Page, str], None]] = {
    "question-refused": _refuse_question,
    "section-refused": _refuse_section,
    "library-refused": _choose_nothing,
}
