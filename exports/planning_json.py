"""The planning sheet as JSON: the frozen value itself, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.frozen_json import frozen_json

if TYPE_CHECKING:
    from survey.model.planning import PlanningSheet

SCHEMA = "nachklang-planning-sheet/1"


def planning_json(sheet: PlanningSheet) -> str:
    """The sheet as readable JSON; the same sheet gives the same bytes."""
    return frozen_json(sheet, schema=SCHEMA)
