"""The list of editions, and making one, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def edition_list_routes() -> list[Route]:
    """Every page about the list of editions and about a new one."""
    return []
