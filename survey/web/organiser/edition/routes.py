"""One edition: its facts and its programme, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.organiser.edition import looking_through
from survey.web.workplace.desk import show

if TYPE_CHECKING:
    from starlette.routing import Route


def edition_routes() -> list[Route]:
    """Every page about what an edition is."""
    facts = "/arbeit/ausgaben/{edition}/angaben"
    return [
        show(f"{facts}/durchsehen", looking_through.show_looks),
    ]
