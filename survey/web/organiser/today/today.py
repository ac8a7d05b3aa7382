"""The start page of the workplace: what needs me today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import preparing

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_today(desk: Desk) -> Response:
    """Editions by state."""
    editions = preparing.editions_of(desk.inst, desk.organisation.id)
    return desk.draw("workplace/today/today.html", editions=editions)
