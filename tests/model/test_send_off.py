"""What an edition needs around its questionnaire before the first mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from survey.model.event import Edition
from survey.model.send_off import Circumstances, circumstances_review, is_reserved_address
from tests.events import congress

EDITION = replace(
    congress(),
    is_made_up=False,
    sender="kongress@mdi.rlp.de",
    contact="fragen@mdi.rlp.de",
    data_protection_contact="datenschutz@mdi.rlp.de",
)
NOW = EDITION.deadline - timedelta(days=14)
GOOD = Circumstances(
    now=NOW,
    zone=UTC,
    people=100,
    bookings=120,
    has_key=True,
    has_key_copy=True,
    has_fresh_backup=True,
    addresses_go=EDITION.deadline + timedelta(days=14),
    later_mails=(EDITION.deadline + timedelta(days=1),),
)


def found(**changes: Any) -> tuple[list[str], list[str]]:
    """Where errors and warnings stand in these circumstances."""
    reviewed = circumstances_review(EDITION, replace(GOOD, **changes))
    return [p.place for p in reviewed.errors], [p.place for p in reviewed.warnings]


def edition_with(field: str, text: str) -> Edition:
    """The edition with another text in that field."""
    changes: dict[str, Any] = {field: text}
    return replace(EDITION, **changes)


def test_good_circumstances_are_all_said() -> None:
    reviewed = circumstances_review(EDITION, GOOD)

    assert (reviewed.errors, reviewed.warnings) == ((), ())
    assert len(reviewed.passed) == 13


def test_nobodys_group_is_not_called_large_enough() -> None:
    reviewed = circumstances_review(EDITION, replace(GOOD, people=0, bookings=0))

    about_the_people = ("Die Gruppe ist groß genug", "Die Buchungen passen", "Der Mailversand ist")
    said = [p.key for p in circumstances_review(EDITION, GOOD).passed]
    assert len([key for key in said if key.startswith(about_the_people)]) == 3
    assert not [p for p in reviewed.passed if p.key.startswith(about_the_people)]
    assert len(reviewed.passed) == 9


@pytest.mark.parametrize(
    ("changes", "errors", "warnings"),
    [
        ({"people": 0, "bookings": 0}, ["participants"], []),
        ({"now": EDITION.deadline}, ["deadline"], []),
        ({"now": EDITION.deadline - timedelta(seconds=1)}, [], ["deadline"]),
        ({"now": EDITION.deadline - timedelta(hours=48)}, [], []),
        ({"has_key": False}, ["keys"], []),
        ({"leads_to_this_machine": True}, ["settings"], []),
        ({"later_mails": (GOOD.addresses_go,)}, ["schedule"], []),
        ({"later_mails": (GOOD.addresses_go - timedelta(seconds=1),)}, [], []),
        ({"least_disclosure": 5, "least_cell": 10}, [], []),
        ({"least_disclosure": 6}, ["disclosure_threshold"], []),
        ({"least_cell": 11}, ["disclosure_threshold"], []),
        ({"people": 9}, [], ["participants"]),
        ({"people": 10}, [], []),
        ({"bookings": 0}, [], ["participants"]),
        ({"has_key_copy": False}, [], ["keys"]),
        ({"has_fresh_backup": False}, [], ["keys"]),
        ({"people": 101}, [], ["mail_check"]),
        ({"people": 101, "has_checked_mail": True}, [], []),
    ],
)
def test_what_is_missing_blocks_or_is_said(
    changes: dict[str, Any], errors: list[str], warnings: list[str]
) -> None:
    assert found(**changes) == (errors, warnings)


@pytest.mark.parametrize("field", ["sender", "contact"])
@pytest.mark.parametrize("address", ["", "a@example.org", "a@b.example", "a@EXAMPLE.com."])
def test_addresses_that_nobody_has_block_a_real_edition(field: str, address: str) -> None:
    edition = edition_with(field, address)

    assert [p.place for p in circumstances_review(edition, GOOD).errors] == [field]
    made_up = replace(edition, is_made_up=True)
    assert len(circumstances_review(made_up, GOOD).errors) == (0 if address else 1)


@pytest.mark.parametrize("field", ["contact_name", "text_readers", "data_protection_contact"])
def test_missing_facts_of_the_form_are_said(field: str) -> None:
    edition = edition_with(field, " ")

    assert [p.place for p in circumstances_review(edition, GOOD).warnings] == [field]


@pytest.mark.parametrize(
    ("address", "is_reserved"),
    [
        ("a@example", True),
        ("a@stadt.example", True),
        ("a@mail.example.net", True),
        ("a@myexample.org", False),
        ("a@example.de", False),
        ("a@rlp.de", False),
    ],
)
def test_reserved_addresses(address: str, *, is_reserved: bool) -> None:
    assert is_reserved_address(address) is is_reserved


def test_moments_are_told_in_the_zone_of_the_house() -> None:
    late = GOOD.addresses_go + timedelta(days=1)

    (error,) = circumstances_review(EDITION, replace(GOOD, later_mails=(late,))).errors

    assert error.values() == {"when": late, "gone": GOOD.addresses_go}
    assert all(isinstance(m, datetime) and m.tzinfo is UTC for m in error.values().values())
