"""Killed at random under load, the service has lost no answer it thanked for."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.faults.service_kills import run
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R1")
def test_a_service_killed_at_random_loses_no_answer_it_thanked_for(tmp_path: Path) -> None:
    outcome = run(Trial(400, tmp_path, Random(7)))  # noqa: S311 -- can be repeated

    assert outcome.lost == 0
    assert outcome.tried > 350  # a reply that a kill cut off may have been stored without thanks


def test_a_service_that_thanks_before_it_stores_is_found_out(tmp_path: Path) -> None:
    trial = Trial(400, tmp_path, Random(7))  # noqa: S311 -- several lives, each of them cut short

    assert run(trial, hasty="answers before storing").lost > 0
