"""Who works for an organisation, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def people_routes() -> list[Route]:
    """Every page about colleagues, their roles, and the log."""
    return []
