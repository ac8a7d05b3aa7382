"""Writes and syncs fail now and then, the service is restarted, and at some time the power is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults import power_cuts

if TYPE_CHECKING:
    from tests.faults.trial import Outcome, Trial

FAILING = 0.15


def run(trial: Trial) -> Outcome:
    """So many power cuts after failures."""
    return power_cuts.run(trial, failing=FAILING)
