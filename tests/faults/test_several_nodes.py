"""Restarted one after another, machines that share a server lose no answer and send no mail twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.several_nodes import run
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R16")
def test_machines_that_share_a_server_lose_no_answer_and_send_no_mail_twice(tmp_path: Path) -> None:
    outcome = run(short_form(tmp_path, times=2))

    assert (outcome.tried, outcome.lost) == (2, 0)
