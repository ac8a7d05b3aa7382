"""Planners' pages, as a site map: one table per room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.planner.results.routes import result_routes

if TYPE_CHECKING:
    from starlette.routing import Route


def planner_routes() -> list[Route]:
    """Every address a planner can come to."""
    return [*result_routes()]
