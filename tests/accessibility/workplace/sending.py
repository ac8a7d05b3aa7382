"""The schedule, sending now, how far the mails are, the texts of the mails, and the mail check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility.workplace.steps import press

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.workplace.office import Office

OPEN = "/arbeit/ausgaben/kk2020/versand"
PLANNED = "/arbeit/ausgaben/ikone2/versand"
COUNTED = "/arbeit/ausgaben/kk2019/versand"

PAGES: dict[str, str] = {
    "schedule of an open edition": OPEN,
    "schedule of a planned edition": PLANNED,
    "schedule of a counted edition": COUNTED,
    "before the schedule is released": f"{OPEN}/freigabe",
    "a moment": f"{OPEN}/termin/dank",
    "a moment that is switched off": f"{PLANNED}/termin/ergebnisse",
    "before invitations": f"{PLANNED}/einladung",
    "before a reminder": f"{OPEN}/erinnerung",
    "before thanks": f"{COUNTED}/dank",
    "before mails about results": f"{COUNTED}/ergebnisse",
    "how far the mails are": f"{OPEN}/stand",
    "texts of the mails": f"{OPEN}/texte",
    "text of the invitation": f"{OPEN}/texte/einladung",
    "text of the results in easy language": f"{OPEN}/texte/ergebnisse?fassung=easy",
    "mail check": "/arbeit/mailpruefung",
}


def _refused_moment(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/termin/dank"))
    page.fill("#moment-day", "31")
    page.fill("#moment-month", "2")
    press(page, office, "Termin speichern")


def _refused_text(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/texte/einladung"))
    page.fill("#subject", "")
    page.fill("#text", "{vorname}")
    press(page, office, "Vorschau zeigen")


def _changed_text(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/texte/dank"))
    page.fill("#text", "{anrede}\n\nvielen Dank.")
    press(page, office, "Vorschau zeigen")


def _refused_release(page: Page, office: Office) -> None:
    page.goto(office.at(f"{PLANNED}/freigabe"))
    press(page, office, "Zeitplan freigeben")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "a refused moment": _refused_moment,
    "a refused text": _refused_text,
    "a previewed text": _changed_text,
    "a release that is held back": _refused_release,
}
