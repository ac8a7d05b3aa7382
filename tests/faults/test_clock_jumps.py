"""A clock that jumps opens nothing, and by itself deletes, counts and sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import clock_jumps
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R6", "U33")
def test_a_clock_that_jumps_and_is_put_right_has_changed_nothing(tmp_path: Path) -> None:
    outcome = clock_jumps.run(short_form(tmp_path, times=3))

    assert (outcome.tried, outcome.lost, outcome.measured) == (3, 0, "")


def test_a_day_that_really_passes_under_a_wrong_clock_deletes_and_counts(tmp_path: Path) -> None:
    outcome = clock_jumps.run(short_form(tmp_path, times=1), broken=("for-days",))

    assert {"keys", "counted", "deleted", "draft", "backups"} <= set(outcome.measured.split(", "))
