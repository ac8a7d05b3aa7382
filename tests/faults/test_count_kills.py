"""Killed at any statement, the count can be run again and ends the same; the key goes last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import count_kills
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R12", "U32")
def test_a_count_killed_at_any_statement_is_finished_by_the_next(tmp_path: Path) -> None:
    outcome = count_kills.run(short_form(tmp_path, times=1))

    assert (outcome.measured.partition(" ")[2], outcome.lost) == ("different states left", 0)
    assert outcome.tried > 80


@pytest.mark.proves("R12", "U31")
def test_a_count_that_destroys_the_key_before_the_backup_does_not_pass(tmp_path: Path) -> None:
    outcome = count_kills.run(short_form(tmp_path, times=1), broken=("key-first",))

    assert outcome.lost == 1
    assert "Die Sicherung enthält nicht die Auszählung" in outcome.measured
