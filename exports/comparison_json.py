"""The comparison of editions as JSON: the frozen value itself, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.frozen_json import frozen_json

if TYPE_CHECKING:
    from survey.model.comparison import Comparison

SCHEMA = "nachklang-comparison/1"


def comparison_json(comparison: Comparison) -> str:
    """The comparison as readable JSON; the same comparison gives the same bytes."""
    return frozen_json(comparison, schema=SCHEMA)
