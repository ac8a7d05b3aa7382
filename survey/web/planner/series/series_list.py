"""Every series of the organisation: the way to comparisons and planning sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.comparing.series import all_series

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_series_list(desk: Desk) -> Response:
    """Each series with its editions, and what can be done with them."""
    return desk.draw(
        "workplace/series/list.html", all_series=all_series(desk.inst, desk.organisation.id)
    )
