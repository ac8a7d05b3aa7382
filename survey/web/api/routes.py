"""The programming interface, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def interface_routes() -> list[Route]:
    """Every address of the programming interface."""
    return []
