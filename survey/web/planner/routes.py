"""Planners' pages, as a site map: one table per room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.planner.comparison.routes import comparison_routes
from survey.web.planner.earlier.routes import earlier_routes
from survey.web.planner.planning.routes import planning_routes
from survey.web.planner.results.routes import result_routes
from survey.web.planner.series.routes import series_routes

if TYPE_CHECKING:
    from starlette.routing import Route


def planner_routes() -> list[Route]:
    """Every address a planner can come to; fixed words stand before parts that vary."""
    return [
        *result_routes(),
        *series_routes(),
        *planning_routes(),
        *earlier_routes(),
        *comparison_routes(),
    ]
