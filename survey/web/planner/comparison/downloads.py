"""The comparison as files to take along: the same editions and base as on the page they are fetched from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.comparing.imprint import imprint_of
from survey.errors import NotFound
from survey.reporting.kept_files import kept_directory_of_series
from survey.web.attachment import attachment
from survey.web.planner.comparison.choosing import compared
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk

BUSY = {"Retry-After": "20"}


def download(desk: Desk) -> Response:
    """One file; 503 while others are being printed."""
    from exports import comparison_files, result_files  # noqa: PLC0415 -- only who downloads needs the exports
    from exports.comparison_report import Publisher  # noqa: PLC0415 -- the same

    series, name = desk.series(), desk.part("file")
    if name not in comparison_files.FILES:
        raise NotFound("file", name)
    found = compared(desk, series)
    if found.comparison is None:
        raise NotFound("comparison", name)
    imprint = imprint_of(desk.inst, series)
    try:
        made = comparison_files.make(
            name,
            found.comparison,
            publisher=Publisher(imprint.organisation, imprint.contact, imprint.accent),
            made=imprint.made,
            zone=desk.inst.settings.zone,
            keep=kept_directory_of_series(desk.inst, series.owner, series.address),
        )
    except result_files.PrinterBusy:
        reply = desk.draw(
            "workplace/comparison/busy.html",
            series=series,
            status=503,
            again=f"{desk.visit.request.url.path}{found.query}",
            back=f"{series_address(series)}{found.query}",
        )
        reply.headers.update(BUSY)
        return reply
    return attachment(made.content, name=made.name, media_type=made.media_type)
