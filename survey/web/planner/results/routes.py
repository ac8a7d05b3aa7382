"""The results of an edition, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.planner.results import downloads, protocols, results
from survey.web.workplace.desk import EVERYBODY, show

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/ausgaben/{edition}/ergebnisse"


def result_routes() -> list[Route]:
    """Every page about what came out; fixed words stand before the codes of sessions."""
    return [
        show(_HERE, results.show_results, roles=EVERYBODY),
        show(f"{_HERE}/herunterladen", downloads.show_downloads, roles=EVERYBODY),
        show(f"{_HERE}/herunterladen/{{file}}", downloads.download, roles=EVERYBODY),
        show(f"{_HERE}/protokolle", protocols.show_protocols, roles=EVERYBODY),
        show(f"{_HERE}/personalrat", protocols.show_staff_council, roles=EVERYBODY),
        show(f"{_HERE}/{{session}}", results.show_session, roles=EVERYBODY),
    ]
