"""Editions from elsewhere, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/reihen/{series}"


def earlier_routes() -> list[Route]:
    """Every page of it."""
    return []
