"""What cannot be undone waits for a day that has passed by every clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.model.steady_time import SteadyTime
from survey.storage import looks
from tests.people import START

if TYPE_CHECKING:
    from survey.installation import Installation

HOUR = timedelta(hours=1)


@pytest.fixture
def inst(either: Installation) -> Installation:
    return either


@pytest.mark.parametrize(
    ("seen", "seen_for"),
    [
        ([(0, "a", 0)], 0),
        ([(0, "a", 0), (24, "a", 24)], 24),
        ([(0, "a", 0), (720, "a", 1)], 1),  # the clock ran ahead
        ([(0, "a", 0), (2, "a", 24)], 2),  # the clock stood still
        ([(0, "a", 0), (-48, "a", 1), (0, "a", 2)], 1),  # there and back
        ([(0, "a", 0), (10, "b", 1), (12, "b", 3)], 2),  # switched off in between
        ([(0, "a", 0), (10, "a", 10), (20, "b", 5), (30, "b", 15)], 20),
        ([(0, "a", 0), (1, "b", 50), (2, "a", 2), (3, "b", 52), (24, "a", 24), (25, "b", 74)], 24),
        ([(0, "a", 0), (720, "b", 1), (0, "a", 1), (720, "b", 2)], 1),  # one of two clocks is wrong
    ],
    ids=["first", "a-day", "ahead", "stood", "back", "off", "added-up", "two-machines", "at-odds"],
)
def test_an_act_is_seen_for_as_long_as_both_clocks_say(
    inst: Installation, seen: list[tuple[int, str, int]], seen_for: int
) -> None:
    found = [
        inst.database.write(
            lambda c, wall=wall, boot=boot, steady=steady: looks.look(  # type: ignore[misc]
                c, "count", "x", at=START + wall * HOUR, steady=SteadyTime(boot, steady * 3600.0)
            )
        )
        for wall, boot, steady in seen
    ]

    assert found[-1] == seen_for * HOUR


def test_an_act_that_is_not_due_any_more_is_seen_afresh(inst: Installation) -> None:
    def work(hours: int) -> timedelta:
        return inst.database.write(
            lambda c: looks.look(
                c, "count", "x", at=START + hours * HOUR, steady=SteadyTime("a", hours * 3600.0)
            )
        )

    work(0)
    begun = looks.has_begun(inst.database.read(), "count", "x")
    inst.database.write(lambda c: looks.forget(c, "count", "x"))

    assert (begun, looks.has_begun(inst.database.read(), "count", "x")) == (True, False)
    assert work(30) == timedelta(0)
