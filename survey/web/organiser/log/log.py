"""The log of an organisation: to read, to print, to take along."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from forms.spreadsheet_formulas import harmless
from survey import logbook, preparing
from survey.errors import NotFound
from survey.web.attachment import attachment
from survey.web.organiser.log.sentences import sentence

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.logbook import LogEntry
    from survey.web.workplace.desk import Desk

LOG = "/arbeit/protokoll"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    number: str
    moment: str
    who: str
    edition: str
    what: str


def show_log(desk: Desk) -> Response:
    """The entries, newest first, of one edition where it was chosen."""
    name = desk.asked("ausgabe")
    asked = desk.asked("seite") or "1"
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):  # noqa: PLR2004 -- more pages than a log has
        raise NotFound("page", asked)
    page = logbook.log_page(
        desk.inst, desk.organisation.id, edition_id=_edition_id(desk, name), page=int(asked)
    )

    def address(number: int) -> str:
        query = {"ausgabe": name} if name else {}
        return f"{LOG}?{urlencode(query | {'seite': number})}"

    return desk.draw(
        "workplace/log/log.html",
        lines=tuple(_line(desk, entry) for entry in page.entries),
        page=page,
        newer=address(page.page - 1) if page.page > 1 else "",
        older=address(page.page + 1) if page.page < page.pages else "",
        altered=logbook.first_altered_number(desk.inst),
        editions=preparing.editions_of(desk.inst, desk.organisation.id),
        chosen=name,
        download=f"{LOG}/protokoll.csv" + (f"?{urlencode({'ausgabe': name})}" if name else ""),
    )


def download_log(desk: Desk) -> Response:
    """The whole log as a table."""
    name = desk.asked("ausgabe")
    entries = logbook.whole_log(desk.inst, desk.organisation.id, edition_id=_edition_id(desk, name))
    say = desk.words.gettext
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow([say("Nummer"), say("Zeitpunkt"), say("Wer"), say("Ausgabe"), say("Was")])
    for entry in entries:
        line = _line(desk, entry)
        at = entry.at.astimezone(desk.inst.settings.zone).isoformat(timespec="seconds")
        writer.writerow([line.number, at, *map(harmless, (line.who, line.edition, line.what))])
    return attachment(
        made.getvalue().encode("utf-8-sig"),
        name="protokoll.csv",
        media_type="text/csv; charset=utf-8",
    )


def _edition_id(desk: Desk, name: str) -> str:
    return preparing.edition_of(desk.inst, desk.organisation.id, name).id if name else ""


def _line(desk: Desk, entry: LogEntry) -> Line:
    say = desk.words.gettext
    zone = desk.inst.settings.zone
    gone = say("Dienst") if entry.is_by_service else say("gelöschtes Konto")
    return Line(
        number=entry.number,
        moment=desk.words.stamp(entry.at, zone),
        who=entry.who or gone,
        edition=entry.edition,
        what=sentence(entry, desk.words, zone=zone),
    )
