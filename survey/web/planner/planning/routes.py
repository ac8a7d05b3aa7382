"""Planning sheets and decisions, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/reihen/{series}"


def planning_routes() -> list[Route]:
    """Every page of it."""
    return []
