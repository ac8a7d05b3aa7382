"""A damaged database or log never passes for sound where answers are missing, and the backup brings all back."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from survey.storage import commit_count
from tests.faults.damaged_files import run
from tests.faults.trial import Trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R5")
def test_damage_never_passes_for_sound_where_answers_are_missing(tmp_path: Path) -> None:
    outcome = run(Trial(10, tmp_path, Random(7)))  # noqa: S311 -- can be repeated

    assert (outcome.tried, outcome.lost) == (40, 0)
    assert "noticed" in outcome.measured


def test_changes_that_nobody_counts_are_lost_unnoticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit_count, "lost", lambda *_: 0)

    assert run(Trial(10, tmp_path, Random(7))).lost > 0  # noqa: S311 -- can be repeated
