"""What a schema must not have is seen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from survey.auditing.linkage import schema_faults
from survey.auditing.schema_lint import (
    columns_with_time,
    moments_in,
    personal_tables,
    tables_in_order_of_coming,
)
from survey.installation import Installation

MOMENT = datetime(2026, 3, 2, 8, 14, 30, tzinfo=UTC)


@pytest.mark.proves("U27", "U28")
def test_the_schema_keeps_no_time_of_what_a_person_did_and_no_order(inst: Installation) -> None:
    assert schema_faults(inst) == ()


def test_columns_that_speak_of_time_are_told() -> None:
    tables = {"participant": ("id", "answered_time"), "edition": ("created",), "urn": ("slot",)}

    assert columns_with_time(tables, personal=("participant", "urn")) == (
        "participant.answered_time",
    )


def test_a_table_that_names_participants_is_personal_whatever_it_is_called() -> None:
    tables = {"visit": ("participant", "stamp"), "edition": ("id", "created")}

    found = personal_tables(tables)

    assert columns_with_time(tables, personal=found) == ("visit.stamp",)


def test_tables_that_remember_an_order_are_told() -> None:
    definitions = {
        "urn": "CREATE TABLE urn (slot TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
        "draft": "CREATE TABLE draft (slot TEXT PRIMARY KEY) STRICT",
        "text": "CREATE TABLE text (id INTEGER PRIMARY KEY AUTOINCREMENT)",
    }

    assert tables_in_order_of_coming(definitions) == ("draft", "text")


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-02T08:14:30+00:00",
        "2026-03-02 08:14",
        "seen 2026-03-02T08:14:59Z",
        int(MOMENT.timestamp()),
        MOMENT.timestamp() * 1000,
    ],
)
def test_a_moment_is_seen_in_a_row(value: object) -> None:
    assert moments_in(("x", None, True, b"", value), {7: MOMENT}) == {7}


@pytest.mark.parametrize("value", ["2026-03-02", "2026-03-02T09:14:30", 4096, 0, None, b"x"])
def test_other_values_are_no_moments(value: object) -> None:
    assert moments_in((value,), {7: MOMENT}) == frozenset()
