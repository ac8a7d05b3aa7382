"""Everybody answers at once: all are served, nobody is refused, and what was thanked for is in the urn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.faults import load
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R14")
def test_when_all_answer_at_once_all_are_served(tmp_path: Path) -> None:
    outcome = load.run(short_form(tmp_path, times=200))

    assert (outcome.tried, outcome.lost) == (200, 0)
    reply, in_all = (float(n) for n in re.findall(r"([\d.]+) m?s ", outcome.measured))
    # Two hundred are due at once and share twenty-four browsers: who waited for one is not left out.
    assert in_all * 1000 > reply


def test_a_service_that_thanks_before_it_has_stored_loses_answers(tmp_path: Path) -> None:
    outcome = load.run(short_form(tmp_path, times=35), hasty="yes")

    assert outcome.lost > 0
