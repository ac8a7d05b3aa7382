"""The results of an edition, as a site map."""

from __future__ import annotations

from starlette.routing import Route

from survey.web.page_guards import page
from survey.web.planner.results import downloads, protocols, results, shared
from survey.web.workplace.desk import EVERYBODY, show

_HERE = "/arbeit/ausgaben/{edition}/ergebnisse"


def result_routes() -> list[Route]:
    """Every page about what came out; fixed words stand before the codes of sessions."""
    return [
        show(_HERE, results.show_results, roles=EVERYBODY),
        show(f"{_HERE}/herunterladen", downloads.show_downloads, roles=EVERYBODY),
        show(f"{_HERE}/herunterladen/{{file}}", downloads.download, roles=EVERYBODY),
        show(f"{_HERE}/protokolle", protocols.show_protocols, roles=EVERYBODY),
        show(f"{_HERE}/personalrat", protocols.show_staff_council, roles=EVERYBODY),
        show(f"{_HERE}/punkte/{{session}}", results.show_session, roles=EVERYBODY),
        Route("/geteilt/{token}", page(shared.show_shared), methods=["GET"]),
    ]
