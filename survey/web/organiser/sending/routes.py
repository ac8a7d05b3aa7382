"""The mails of an edition, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def sending_routes() -> list[Route]:
    """Every page about what is sent and when."""
    return []
