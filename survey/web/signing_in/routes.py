"""Signing in and the own account, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def signing_in_routes() -> list[Route]:
    """Every page about signing in."""
    return []
