"""The schedule, sending now, how far the mails are, the texts of the mails, and the mail check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import inviting
from survey.storage import participants
from tests.accessibility.steps import press, press_at, sent
from tests.people import stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.accessibility.office import Office

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


def _with_mails_waiting(page: Page, office: Office) -> None:
    inviting.invite(office.inst, "kk2020", _everybody(office, "kk2020"))
    page.goto(office.at(f"{OPEN}/stand"))


def _paused(page: Page, office: Office) -> None:
    _with_mails_waiting(page, office)
    press_at(page, "main form[action$='/anhalten'] button")


def _resumed(page: Page, office: Office) -> None:
    _paused(page, office)
    press_at(page, "main form[action$='/fortsetzen'] button")


def _failed(page: Page, office: Office) -> None:
    inviting.invite(office.inst, "kk2020", _everybody(office, "kk2020"))
    office.inst.database.write(
        lambda connection: connection.execute("UPDATE outbox SET state = 'failed'")
    )
    page.goto(office.at(f"{OPEN}/stand"))


def _sent_again(page: Page, office: Office) -> None:
    _failed(page, office)
    press_at(page, "main form[action$='/erneut'] button")


def _everybody(office: Office, edition: str) -> tuple[str, ...]:
    record = stored_record(office.inst, edition)
    known = participants.of_edition(office.inst.database.read(), record.id)
    return tuple(person.id for person in known)


def _released(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/freigabe"))
    press(page, office, "Zeitplan freigeben")


def _at_rest(page: Page, office: Office) -> None:
    _released(page, office)
    page.goto(office.at(OPEN))
    press(page, office, "Zeitplan ruhen lassen")


def _test_mail(page: Page, office: Office) -> None:
    page.goto(office.at(f"{OPEN}/texte/einladung"))
    press(page, office, "Testmail senden")


def _check_sent(page: Page, office: Office) -> None:
    page.goto(office.at("/arbeit/mailpruefung"))
    press_at(page, "main form[method=post] button[type=submit]")


STATES: dict[str, Callable[[Page, Office], None]] = {
    "a refused moment": _refused_moment,
    "a refused text": _refused_text,
    "a previewed text": _changed_text,
    "a release that is held back": _refused_release,
    "mails waiting": _with_mails_waiting,
    "mails held back": _paused,
    "mails going on": _resumed,
    "mails that failed": _failed,
    "mails that failed, sent again": _sent_again,
    "a schedule released": _released,
    "a schedule at rest": _at_rest,
    "a moment, impossible": sent(f"{OPEN}/termin/dank", {"#moment-day": "x"}),
    "invitations, sent": sent(f"{PLANNED}/einladung"),
    "a reminder, too early": sent(f"{OPEN}/erinnerung"),
    "thanks, sent": sent(f"{COUNTED}/dank"),
    "mails about results, not yet": sent(f"{COUNTED}/ergebnisse"),
    "a test mail": _test_mail,
    "a mail check, sent": _check_sent,
}
