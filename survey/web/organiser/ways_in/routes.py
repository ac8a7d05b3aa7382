"""Other ways into the form: open link, paper, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def way_in_routes() -> list[Route]:
    """Every page about other ways into the form."""
    return []
