"""The planning sheet as files to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import NotFound
from survey.housekeeping import profile_behind
from survey.planning.planning_sheet import planned_from, planning_sheet
from survey.reporting.kept_files import kept_directory
from survey.web.attachment import attachment
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk

BUSY = {"Retry-After": "20"}


def download(desk: Desk) -> Response:
    """One file; 503 while others are being printed."""
    from exports import planning_files, result_files  # noqa: PLC0415 -- only who downloads needs the exports

    series, name = desk.series(), desk.part("file")
    if name not in planning_files.FILES:
        raise NotFound("file", name)
    record = planned_from(series, desk.asked("ausgabe") or None)
    try:
        made = planning_files.make(
            name,
            planning_sheet(desk.inst, series, name=record.name),
            organisation=record.edition.organisation,
            made_on=desk.inst.clock().astimezone(desk.inst.settings.zone).date(),
            keep=kept_directory(desk.inst, record),
            accent=profile_behind(desk.inst, record).accent,
        )
    except result_files.PrinterBusy:
        reply = desk.draw(
            "workplace/planning/busy.html",
            series=series,
            status=503,
            again=f"{desk.visit.request.url.path}?ausgabe={record.name}",
            back=series_address(series, "planung", ausgabe=record.name),
        )
        reply.headers.update(BUSY)
        return reply
    return attachment(made.content, name=made.name, media_type=made.media_type)
