"""A moment is seen in whatever notation a program keeps it, and other values are taken for none."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from survey.auditing.moments import on_stage, people_at

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = datetime(2026, 3, 2, 8, 14, 30, 250_000, tzinfo=UTC)
SECONDS = MOMENT.timestamp()
MILLISECONDS = f"{int(SECONDS * 1000):012x}"
SPANS = {7: (SECONDS - 0.05, SECONDS + 0.05)}


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-02T08:14:30+00:00",
        "2026-03-02T08:14:30.250000Z",
        "2026-03-02T09:14:30+01:00",
        "2026-03-02T04:44:30-0330",
        "2026-03-02 08:14",
        "2026-03-02 09:14:30",
        "2026/03/02 08:14:30",
        '{"changed": "2026-03-02T08:14:30,25Z"}',
        "20260302T081430Z",
        20260302081430,
        "2.3.2026, 09:14",
        "02.03.2026 um 9:14:30",
        "Mon, 02 Mar 2026 08:14:30 GMT",
        "02-Mar-2026 09:14:30 +0100",
        int(SECONDS),
        SECONDS,
        int(SECONDS * 1000),
        SECONDS * 1000,
        int(SECONDS * 1_000_000),
        int(SECONDS * 1_000_000_000),
        f"changed {int(SECONDS)}",
        f'{{"at": {SECONDS}}}',
        2_440_587.5 + SECONDS / 86_400,
        f"{MILLISECONDS}7abc8def0123456789ab",
        f"{MILLISECONDS[:8]}-{MILLISECONDS[8:]}-7abc-8def-0123456789ab",
    ],
)
def test_a_moment_is_seen(value: object) -> None:
    assert people_at(["x", None, True, b"", value], SPANS, zone=BERLIN) == {7}


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-02",
        "2026-03-02T08:15",
        "2026-03-02T09:14:30Z",
        "2026-13-02T08:14",
        4096,
        0,
        int(SECONDS) + 1,
        2_461_102,
        f"a{int(SECONDS)}",
        None,
        b"2026-03-02T08:14:30Z",
    ],
)
def test_other_values_are_no_moments(value: object) -> None:
    assert people_at([value], SPANS, zone=BERLIN) == frozenset()


def test_the_clock_of_the_stage_stands_still_while_somebody_answers() -> None:
    spans = on_stage({7: MOMENT, 8: MOMENT.replace(minute=21)})

    assert people_at([SECONDS + 1.5], spans, zone=BERLIN) == {7}
    assert people_at([SECONDS + 2.5], spans, zone=BERLIN) == frozenset()
