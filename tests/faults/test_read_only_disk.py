"""On a read-only disk the service starts, shows forms, refuses answers, tells, and goes on when it can write again."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.faults.read_only_disk import run
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R4")
def test_a_service_on_a_read_only_disk_shows_refuses_and_tells(tmp_path: Path) -> None:
    outcome = run(Trial(1, tmp_path, Random(4)))  # noqa: S311 -- can be repeated

    assert (outcome.tried, outcome.lost) == (1, 0)
    assert outcome.measured.startswith("1 answers refused")
