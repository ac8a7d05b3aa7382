"""The log of deeds shows when it was altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.storage.deeds import all_deeds, first_altered, write_deed
from tests.people import START

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.storage.connection import Connection


@pytest.fixture
def inst(either: Installation) -> Installation:
    return either


def write_three(connection: Connection) -> None:
    write_deed(connection, "edition created", at=START, edition="e1")
    write_deed(connection, "edition opened", at=START, edition="e1", facts={"invited": 40})
    write_deed(connection, "edition closed", at=START, edition="e1")


def test_deeds_are_read_in_order(inst: Installation) -> None:
    inst.database.write(write_three)

    deeds = all_deeds(inst.database.read())

    assert [(d.deed, d.facts) for d in deeds] == [
        ("edition created", "{}"),
        ("edition opened", '{"invited": 40}'),
        ("edition closed", "{}"),
    ]
    assert first_altered(inst.database.read()) is None


@pytest.mark.proves("S45")
def test_changed_deed_shows(inst: Installation) -> None:
    inst.database.write(write_three)

    inst.database.write(
        lambda c: c.execute("UPDATE deed SET facts = '{}' WHERE deed = 'edition opened'")
    )

    altered = first_altered(inst.database.read())
    assert altered is not None
    assert altered.deed == "edition opened"


@pytest.mark.proves("S45")
def test_deed_taken_out_shows_at_the_next(inst: Installation) -> None:
    inst.database.write(write_three)

    inst.database.write(lambda c: c.execute("DELETE FROM deed WHERE deed = 'edition opened'"))

    altered = first_altered(inst.database.read())
    assert altered is not None
    assert altered.deed == "edition closed"
