"""Killed at any statement, an upgrade can be run again and ends the same; what was there before is backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import upgrade_kills
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R10")
def test_an_upgrade_killed_at_any_statement_is_finished_by_the_next(tmp_path: Path) -> None:
    outcome = upgrade_kills.run(short_form(tmp_path, times=1))

    assert outcome.lost == 0
    assert outcome.tried > 100


def test_migrations_that_are_no_transactions_do_not_pass(tmp_path: Path) -> None:
    outcome = upgrade_kills.run(short_form(tmp_path, times=1), broken=("unguarded",))

    assert outcome.lost > 0
