"""The settings of an organisation, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def setting_routes() -> list[Route]:
    """Every page about an organisation's settings."""
    return []
