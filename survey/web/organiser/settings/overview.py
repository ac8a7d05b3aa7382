"""All settings at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import housekeeping
from survey.model.send_off import is_reserved_address
from survey.web.organiser.settings.sections import START

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_overview(desk: Desk) -> Response:
    """What is set, and where it can be changed."""
    profile = housekeeping.profile_of(desk.inst, desk.organisation.id)
    known = dict.fromkeys((profile.sender, profile.contact))
    return desk.draw(
        "workplace/settings/overview.html",
        profile=profile,
        nobodys=tuple(address for address in known if is_reserved_address(address)),
        start=START,
    )
