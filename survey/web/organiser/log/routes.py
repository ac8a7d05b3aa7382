"""The log, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.log.log import LOG, download_log, show_log
from survey.web.workplace.desk import show

if TYPE_CHECKING:
    from starlette.routing import Route


def log_routes() -> list[Route]:
    """The log of an organisation."""
    return [show(LOG, show_log), show(f"{LOG}/protokoll.csv", download_log)]
