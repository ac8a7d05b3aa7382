"""The results as files to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import housekeeping
from survey.errors import NotFound
from survey.reporting.kept_files import kept_directory
from survey.reporting.published import published_summary
from survey.reporting.summarise import require_counted
from survey.web.attachment import attachment

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk

BUSY = {"Retry-After": "20"}


def show_downloads(desk: Desk) -> Response:
    """What there is to take along."""
    record = desk.edition()
    require_counted(desk.inst, record.name)
    summary = published_summary(desk.inst, record.name)
    return desk.draw("workplace/results/downloads.html", edition=record, summary=summary)


def download(desk: Desk) -> Response:
    """One file; 503 while others are being printed."""
    from exports import result_files  # noqa: PLC0415 -- only who downloads needs the exports

    record = desk.edition()
    name = desk.part("file")
    if name not in result_files.FILES:
        raise NotFound("file", name)
    summary = published_summary(desk.inst, record.name)
    try:
        made = result_files.make(
            name,
            summary,
            record.edition,
            zone=desk.inst.settings.zone,
            accent=housekeeping.profile_behind(desk.inst, record).accent,
            keep=kept_directory(desk.inst, record),
        )
    except result_files.PrinterBusy:
        reply = desk.draw("workplace/results/busy.html", edition=record, status=503)
        reply.headers.update(BUSY)
        return reply
    return attachment(made.content, name=made.name, media_type=made.media_type)
