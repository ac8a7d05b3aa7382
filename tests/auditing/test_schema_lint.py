"""What a schema must not have is seen."""

from __future__ import annotations

import pytest

from survey.auditing.linkage import schema_faults
from survey.auditing.schema_lint import (
    columns_with_time,
    personal_tables,
    tables_in_order_of_coming,
)
from survey.installation import Installation


@pytest.mark.proves("U27", "U28")
def test_the_schema_keeps_no_time_of_what_a_person_did_and_no_order(inst: Installation) -> None:
    assert schema_faults(inst) == ()


def test_columns_that_speak_of_time_are_told() -> None:
    tables = {"participant": ("id", "answered_time"), "edition": ("created",), "urn": ("slot",)}

    assert columns_with_time(tables, personal=("participant", "urn")) == (
        "participant.answered_time",
    )


def test_columns_that_say_when_by_their_ending_are_told() -> None:
    tables = {"participant": ("changed_at", "at", "format", "status")}

    assert columns_with_time(tables, personal=("participant",)) == (
        "participant.changed_at",
        "participant.at",
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
