"""The series, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.planner.series import series_list
from survey.web.workplace.desk import EVERYBODY, show

if TYPE_CHECKING:
    from starlette.routing import Route


def series_routes() -> list[Route]:
    """Where comparisons, planning sheets and earlier editions begin."""
    return [show("/arbeit/reihen", series_list.show_series_list, roles=EVERYBODY)]
