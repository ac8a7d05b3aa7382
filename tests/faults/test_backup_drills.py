"""Backups of installations in all states, restored elsewhere and compared row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import backup_drills
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R9")
def test_what_is_backed_up_comes_back_and_what_was_deleted_or_counted_since_does_not(
    tmp_path: Path,
) -> None:
    outcome = backup_drills.run(short_form(tmp_path, times=4))

    assert (outcome.tried, outcome.lost) == (4, 0)
    assert outcome.measured == "2 counted after the backup, 6 people deleted after it"


@pytest.mark.proves("R9")
def test_a_backup_with_a_changed_row_is_not_called_proven(tmp_path: Path) -> None:
    outcome = backup_drills.run(short_form(tmp_path, times=1), broken="damaged")

    assert outcome.lost == 2  # not proven, and not restored
