"""Reports made to break the printer end by their limits, and the pages beside them are served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exports import result_files
from tests.faults import hostile_reports
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R8")
def test_hostile_reports_end_by_their_limits_and_everybody_else_is_answered(tmp_path: Path) -> None:
    outcome = hostile_reports.run(short_form(tmp_path, times=2))

    assert (outcome.tried, outcome.lost) == (2 + hostile_reports.AT_ONCE, 0), outcome.measured


@pytest.mark.proves("R8")
def test_who_comes_when_the_line_is_full_is_asked_to_come_back_at_once() -> None:
    places = 0
    try:
        while result_files._LINE.acquire(blocking=False):
            places += 1

        with pytest.raises(result_files.PrinterBusy):
            result_files._printed({"": ""})
    finally:
        for _ in range(places):
            result_files._LINE.release()

    assert places == 6


@pytest.mark.parametrize(("name", "least"), [("LEEWAY", -1.0), ("MOST_MEMORY", 1024)])
def test_a_job_that_outlasts_its_limit_or_takes_too_much_is_seen(
    monkeypatch: pytest.MonkeyPatch, name: str, least: float
) -> None:
    well = hostile_reports.print_bomb(hostile_reports.BOMBS[0], 0.8)
    monkeypatch.setattr(hostile_reports, name, least)

    assert (well.is_well, hostile_reports.print_bomb(hostile_reports.BOMBS[0], 0.8).is_well) == (
        True,
        False,
    )
