"""Processes that tests start: coverage.py's tracer triples their time, so only those are measured that ask for it."""

from __future__ import annotations

import os

_TRACED = "COVERAGE_PROCESS_CONFIG"
_kept: dict[str, str] = {}


def keep_apart() -> None:
    """What makes processes measure themselves is taken out of the environment, and kept."""
    if _TRACED in os.environ:
        _kept[_TRACED] = os.environ.pop(_TRACED)


def measured() -> dict[str, str]:
    """The environment in which a process is measured; empty where nothing is."""
    return dict(_kept)
