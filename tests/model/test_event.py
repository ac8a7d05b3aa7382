"""States of an edition are computed from its dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from survey.model.event import EditionRecord, EditionState
from tests.model.congress import CONGRESS

OPENS = datetime.fromisoformat("2020-09-11T16:00+00:00")
CLOSES = datetime.fromisoformat("2020-09-25T16:00+00:00")
RECORD = EditionRecord(
    id="0" * 16, edition=CONGRESS, revision=1, public_key=bytes(32), opens=OPENS, closes=CLOSES
)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - SECOND, EditionState.OPEN),  # it was opened: the clock has been put back
        (OPENS, EditionState.OPEN),
        (CLOSES - SECOND, EditionState.OPEN),
        (CLOSES, EditionState.CLOSED),
    ],
)
def test_an_edition_opens_and_closes_on_the_second(now: datetime, state: EditionState) -> None:
    assert RECORD.state(now) is state


@pytest.mark.parametrize(
    ("now", "takes"),
    [
        (OPENS - SECOND, True),
        (OPENS, True),
        (CLOSES + timedelta(minutes=60) - SECOND, True),
        (CLOSES + timedelta(minutes=60), False),
    ],
)
def test_answers_count_one_unannounced_hour_after_the_deadline(
    now: datetime, *, takes: bool
) -> None:
    assert RECORD.takes_answers(now) is takes


def test_a_clock_put_back_opens_nothing_again() -> None:
    assert replace(RECORD, passed=CLOSES).state(OPENS) is EditionState.CLOSED
    assert replace(RECORD, passed=CLOSES).takes_answers(OPENS)
    assert not replace(RECORD, passed=CLOSES + timedelta(minutes=60)).takes_answers(OPENS)


def test_an_edition_being_counted_takes_no_answers() -> None:
    counting = replace(RECORD, count_started=OPENS + SECOND)

    assert not counting.takes_answers(OPENS + SECOND)


def test_a_counted_edition_stays_counted() -> None:
    counted = replace(RECORD, count_started=CLOSES, counted=CLOSES)

    assert counted.state(OPENS) is EditionState.COUNTED
