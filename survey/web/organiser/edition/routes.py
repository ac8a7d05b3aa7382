"""One edition: overview, facts, programme, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def edition_routes() -> list[Route]:
    """Every page about an edition as a whole."""
    return []
