"""The summary of an edition as JSON: the frozen value itself, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.frozen_json import frozen_json

if TYPE_CHECKING:
    from survey.model.summary import EditionSummary

SCHEMA = "nachklang-summary/1"


def summary_json(summary: EditionSummary) -> str:
    """The summary as readable JSON; the same summary gives the same bytes."""
    return frozen_json(summary, schema=SCHEMA)
