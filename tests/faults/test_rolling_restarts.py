"""Restarted under load, the service loses nothing it thanked for."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.faults.rolling_restarts import run
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R13")
def test_restarts_under_load_lose_no_answer_that_was_thanked_for(tmp_path: Path) -> None:
    outcome = run(Trial(2, tmp_path, Random(13)))  # noqa: S311 -- can be repeated

    assert (outcome.tried, outcome.lost) == (2, 0)
