"""The simulation's short form; the long one makes the tables of docs/comparison.md."""

from __future__ import annotations

from random import Random

import pytest

from bench.comparison import (
    COVERED,
    NOTHING_CHANGED,
    Meeting,
    coverage,
    false_alarms,
    has_alarm,
    meeting,
    unchanged_report,
)
from survey.statistics.change import Ratings
from survey.statistics.pairs import RatedPair

REPORTS = 20


@pytest.mark.parametrize("seats", NOTHING_CHANGED[:6], ids=str)
def test_a_report_of_editions_alike_says_hardly_ever_that_something_changed(seats: Meeting) -> None:
    # Of 20 reports with one false verdict each in 20, more than 4 have one in 3 of 1,000 cases.
    assert false_alarms(seats, reports=REPORTS) <= 4


def test_a_report_in_which_something_changed_is_told_from_the_others() -> None:
    seats = meeting((210, 480), (165, 520))
    report = unchanged_report(seats, Random(7))  # noqa: S311 -- made-up answers
    changed = RatedPair(
        Ratings((5, 5, 10, 40, 150), 480), Ratings((20, 40, 45, 40, 20), 520), 190, 60
    )

    assert len(report) == 25
    assert not has_alarm(report)
    assert has_alarm((*report, changed))


@pytest.mark.parametrize("seats", COVERED[:4], ids=str)
def test_a_printed_interval_holds_the_truth_in_19_of_20_samples(seats: Meeting) -> None:
    assert coverage(seats).least >= 0.95
