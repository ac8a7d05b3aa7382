"""Protocols to print, and what the staff council needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.counting import read_protocol
from survey.reporting.protocols import Happening, protocols_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.language.catalogue import Catalogue
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a protocol."""

    moment: str
    text: str


def show_protocols(desk: Desk) -> Response:
    """Sending, count and deletion."""
    record = desk.edition()
    found = protocols_of(desk.inst, record)
    zone = desk.inst.settings.zone
    count = ""
    if record.key_destroyed is not None:
        count = read_protocol(desk.inst, record.name).text(desk.words, zone)
    return desk.draw(
        "workplace/results/protocols.html",
        edition=record,
        sending=_lines(desk, found.sending),
        deletion=_lines(desk, found.deletion),
        count_lines=[line for line in count.splitlines()[1:] if line],
        addresses_expire=desk.words.moment(found.addresses_expire, zone),
        backups_expire=desk.words.moment(found.backups_expire, zone),
        printed=desk.words.moment(desk.inst.clock(), zone),
    )


def show_staff_council(desk: Desk) -> Response:
    """What is measured and what never is, from the settings in force."""
    return desk.draw("workplace/results/staff_council.html", edition=desk.edition())


def _lines(desk: Desk, happened: tuple[Happening, ...]) -> tuple[Line, ...]:
    zone = desk.inst.settings.zone
    return tuple(Line(desk.words.moment(one.at, zone), _said(one, desk.words)) for one in happened)


def _said(one: Happening, words: Catalogue) -> str:
    text = _texts(words.gettext)[one.deed]
    mails = one.facts.get("mails")
    texts = one.facts.get("texts")
    if isinstance(mails, int):
        number = words.ngettext("%(n)d Mail", "%(n)d Mails", mails) % {"n": mails}
        return f"{text} ({number})"
    if isinstance(texts, int):
        number = words.ngettext("%(n)d Text", "%(n)d Texte", texts) % {"n": texts}
        return f"{text} ({number})"
    return text


def _texts(say: Callable[[str], str]) -> dict[str, str]:
    return {
        "edition opened": say("Befragung eröffnet"),
        "invitations queued": say("Einladungen zum Versand gegeben"),
        "invitation sent again": say("Eine Einladung noch einmal geschickt"),
        "reminder queued": say("Erinnerung zum Versand gegeben"),
        "thanks queued": say("Dank zum Versand gegeben"),
        "results mails queued": say("Ergebnis-Mail zum Versand gegeben"),
        "failed mails queued again": say("Gescheiterte Mails noch einmal zum Versand gegeben"),
        "sending paused": say("Versand angehalten"),
        "sending resumed": say("Angehaltener Versand fortgesetzt"),
        "deadline extended": say("Frist verlängert"),
        "edition closed": say("Befragung vor der Frist geschlossen"),
        "edition reopened": say("Befragung wieder geöffnet"),
        "key destroyed": say("Schlüssel der Urne vernichtet"),
        "people deleted": say("Adressen, Namen, Links und Mails gelöscht"),
        "participant deleted": say("Eine Person auf ihren Wunsch gelöscht"),
        "unreleased texts deleted": say("Nicht freigegebene Texte gelöscht"),
    }
