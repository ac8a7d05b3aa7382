"""When the database server dies and its standby takes over, nothing is lost that was thanked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.clients import NOT_NOW
from tests.faults.failovers import BETWEEN_FAILOVERS, lose_what_no_standby_has, run
from tests.faults.trial import short_form

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R17")
def test_a_failover_to_a_synchronous_standby_loses_no_answer_that_was_thanked_for(
    tmp_path: Path,
) -> None:
    outcome = run(short_form(tmp_path, times=1))

    assert (outcome.tried, outcome.lost) == (1, 0)


@pytest.mark.proves("R17")
def test_a_loss_on_a_standby_that_nobody_waited_for_is_seen_and_stops_the_urn(
    tmp_path: Path,
) -> None:
    lost, said = lose_what_no_standby_has(short_form(tmp_path, times=1))

    assert lost >= BETWEEN_FAILOVERS // 2
    assert said == {NOT_NOW}
