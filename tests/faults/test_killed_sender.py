"""A mail server that lies and a sender that is killed: nobody is left without an invitation, few get two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import killed_sender
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R11")
def test_killed_again_and_again_a_sender_leaves_nobody_without_and_few_with_two(
    tmp_path: Path,
) -> None:
    outcome = killed_sender.run(short_form(tmp_path, times=200))

    assert (outcome.tried, outcome.lost) == (200, 0)
    assert outcome.measured.startswith("5 kills, ")


def test_a_sender_that_notes_what_has_not_left_yet_loses_mails(tmp_path: Path) -> None:
    outcome = killed_sender.run(short_form(tmp_path, times=60), broken=("hasty",))

    assert outcome.lost > 0


def test_a_sender_that_notes_nothing_at_once_sends_mails_twice(tmp_path: Path) -> None:
    outcome = killed_sender.run(short_form(tmp_path, times=60), broken=("forgetful",))

    assert outcome.lost > 0
