"""All settings at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import housekeeping
from survey.web.organiser.settings.sections import START

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_overview(desk: Desk) -> Response:
    """What is set, and where it can be changed."""
    return desk.draw(
        "workplace/settings/overview.html",
        profile=housekeeping.profile_of(desk.inst, desk.organisation.id),
        start=START,
    )
