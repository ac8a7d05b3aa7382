"""Planning sheets and decisions, as a site map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.web.planner.planning import deciding, downloads, how_many, sheet
from survey.web.workplace.desk import EVERYBODY, receive, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route

_HERE = "/arbeit/reihen/{series}/planung"
_DECISIONS = f"{_HERE}/entscheidungen/{{edition}}"
_ONE = f"{_DECISIONS}/{{subject}}"


def planning_routes() -> list[Route]:
    """Every page of it. A decision can be public, so whoever keeps one proves who they are."""
    return [
        show(_HERE, sheet.show_sheet, roles=EVERYBODY),
        show(f"{_HERE}/herunterladen/{{file}}", downloads.download, roles=EVERYBODY),
        show("/arbeit/reihen/{series}/wie-viele", how_many.show_how_many, roles=EVERYBODY),
        show(_DECISIONS, deciding.show_subjects, roles=EVERYBODY),
        show(_ONE, deciding.show_decision, roles=EVERYBODY),
        receive_proven(_ONE, deciding.keep_decision, roles=EVERYBODY),
        show(f"{_ONE}/zuruecknehmen", deciding.ask_before_taking_back, roles=EVERYBODY),
        receive(f"{_ONE}/zuruecknehmen", deciding.take_decision_back, roles=EVERYBODY),
    ]
