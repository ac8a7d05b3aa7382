"""On a full disk nothing is lost and nothing is half done; what was typed stays in the page."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.faults.full_disk import run
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R3")
def test_a_disk_that_is_full_again_and_again_loses_nothing(tmp_path: Path) -> None:
    outcome = run(Trial(2, tmp_path, Random(3)))  # noqa: S311 -- can be repeated

    assert (outcome.tried, outcome.lost) == (2, 0)
    numbers = re.findall(r"(\d+) (?:answers|refused|other)", outcome.measured)
    thanked, refused, acts = (int(number) for number in numbers)
    assert min(thanked, refused) > 0
    # Backup, compacting, kept files and mails, each once at least; and the count in any case.
    assert acts >= 4 + 1


def test_a_service_that_thanks_although_the_disk_is_full_is_found_out(tmp_path: Path) -> None:
    trial = Trial(1, tmp_path, Random(3))  # noqa: S311 -- can be repeated

    assert run(trial, forgiving="thanks in any case").lost > 0
