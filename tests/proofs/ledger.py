"""Keeps, while tests run, how each test ended that proves something: a proof that was not run is none.

A pytest plugin. Where NACHKLANG_LEDGER names a file, it adds one JSON line for each requirement of each test.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

_PROPERTY = "proves"
# Taken away before the tests begin: a service refuses to start with a setting that it does not know.
_PLACE = os.environ.pop("NACHKLANG_LEDGER", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gives each report the requirements of its test; reports travel between processes, marks do not."""
    for item in items:
        named = [str(one) for mark in item.iter_markers(_PROPERTY) for one in mark.args]
        item.user_properties += [(_PROPERTY, one) for one in named]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Writes down what became of a test; in the process that hears of all tests."""
    is_end = report.when == "call" or report.outcome != "passed"
    if not _PLACE or not is_end or "PYTEST_XDIST_WORKER" in os.environ:
        return
    with Path(_PLACE).open("a", encoding="utf-8") as ledger:
        for name, requirement in report.user_properties:
            if name == _PROPERTY:
                ledger.write(json.dumps([requirement, report.outcome, report.nodeid]) + "\n")


def read_ledger(place: Path) -> dict[str, dict[str, int]]:
    """How often the tests of each requirement ended in each way: `{"S5": {"passed": 2}}`."""
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    return count_outcomes((row[0], row[1]) for row in map(json.loads, lines))


def count_outcomes(ended: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Requirements and outcomes, counted."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for requirement, outcome in ended:
        counted[requirement][outcome] += 1
    return {requirement: dict(outcomes) for requirement, outcomes in counted.items()}
