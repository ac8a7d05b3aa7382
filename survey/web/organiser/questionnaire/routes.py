"""The questionnaire of an edition, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route


def questionnaire_routes() -> list[Route]:
    """Every page about what is asked."""
    return []
