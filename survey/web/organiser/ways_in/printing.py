"""The sheet with the open link, and the blank questionnaire, as accessible PDFs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import asking_openly
from survey.errors import NotAllowed, NotFound, problem
from survey.language.wording import LANGUAGES
from survey.model.ways_in import OpenLink
from survey.web.attachment import attachment
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

BUSY = 503
RETRY = {"Retry-After": "20"}


def print_link_sheet(desk: Desk) -> Response:
    """The sheet with the code, for walls and tables."""
    from exports.open_link_sheet import open_link_sheet_html  # noqa: PLC0415 -- needed here only

    record = desk.edition()
    language = _language(desk)
    if asking_openly.ways_of(desk.inst, record).link is not OpenLink.ON:
        raise NotAllowed(problem("Für diese Ausgabe ist kein offener Link eingeschaltet."))
    html = open_link_sheet_html(
        record.edition,
        language,
        address=asking_openly.open_address(desk.inst, record),
        closes=record.closes or record.edition.deadline,
        zone=desk.inst.settings.zone,
    )
    return _printed(desk, record, html, name=f"{record.name}-link-{language}.pdf")


def print_blank_form(desk: Desk) -> Response:
    """The questionnaire on paper."""
    from exports.blank_form import blank_form_html  # noqa: PLC0415 -- needed here only

    record = desk.edition()
    language = _language(desk)
    ways = asking_openly.ways_of(desk.inst, record)
    if not ways.takes_paper:
        raise NotAllowed(problem("Für diese Ausgabe sind keine Papierbogen vorgesehen."))
    html = blank_form_html(
        record.edition,
        language,
        ways=ways,
        closes=record.closes or record.edition.deadline,
        zone=desk.inst.settings.zone,
    )
    return _printed(desk, record, html, name=f"{record.name}-bogen-{language}.pdf")


def _printed(desk: Desk, record: EditionRecord, html: str, *, name: str) -> Response:
    from exports.sheet_files import PrinterBusy, sheet_file  # noqa: PLC0415 -- needed here only

    try:
        content = sheet_file(html, cache=desk.inst.settings.cache)
    except PrinterBusy:
        again = desk.visit.request.url.path + "?fassung=" + _language(desk)
        reply = desk.draw(
            "workplace/ways_in/busy.html",
            edition=record,
            status=BUSY,
            again=again,
            back=edition_address(record, "zugaenge"),
        )
        reply.headers.update(RETRY)
        return reply
    return attachment(content, name=name, media_type="application/pdf")


def _language(desk: Desk) -> Language:
    asked = desk.asked("fassung") or "de"
    found = next((known for known in LANGUAGES if known == asked), None)
    if found is None:
        raise NotFound("language", asked)
    return found
