"""The check before the first mail: what blocks it, what has to be read, and that it really blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.checking import (
    confirm_warnings,
    require_send_off,
    send_off_check,
    warnings_digest,
)
from survey.errors import NotAllowed
from survey.installation import Installation
from survey.keeping.backup import make_backup
from survey.model.event import EditionRecord
from survey.model.schedule import Act
from survey.preparing import change_edition
from survey.scheduling import change_due
from survey.settings import Smtp
from survey.storage.deeds import all_deeds
from tests.events import congress, network_call
from tests.people import StoppedClock, add_person, open_edition, store_edition, stored_record


def places(inst: Installation, record: EditionRecord) -> tuple[list[str], list[str]]:
    """Where errors and warnings stand."""
    check = send_off_check(inst, record)
    return [p.place for p in check.errors], [p.place for p in check.warnings]


def test_an_edition_without_participants_may_not_be_sent(inst: Installation) -> None:
    record = store_edition(inst, network_call())

    assert places(inst, record)[0] == ["participants"]
    with pytest.raises(NotAllowed):
        require_send_off(inst, record)


def test_a_deadline_in_the_past_blocks_and_a_near_one_is_said(
    inst: Installation, clock: StoppedClock
) -> None:
    record = store_edition(inst, network_call())
    add_person(inst, record, "Anna Albrecht")

    clock.set(record.edition.deadline - timedelta(hours=48))
    assert "deadline" not in places(inst, record)[1]
    clock.set(record.edition.deadline - timedelta(hours=47, minutes=59))
    assert "deadline" in places(inst, record)[1]
    clock.set(record.edition.deadline)
    assert places(inst, record)[0] == ["deadline"]


def test_example_addresses_block_a_real_edition_only(inst: Installation) -> None:
    made_up = store_edition(inst, network_call())
    real = store_edition(inst, replace(network_call("ikone3"), is_made_up=False))
    for record in (made_up, real):
        add_person(inst, record, "Anna Albrecht")

    assert places(inst, made_up)[0] == []
    assert places(inst, real)[0] == ["sender", "contact"]


def test_a_key_that_is_gone_blocks(inst: Installation) -> None:
    record = store_edition(inst, network_call())
    add_person(inst, record, "Anna Albrecht")
    assert "keys" not in places(inst, record)[0]

    (inst.settings.keys / f"{record.id}.key").unlink()

    assert "keys" in places(inst, record)[0]


def test_a_backup_with_the_key_beside_it_leaves_nothing_to_warn_of(inst: Installation) -> None:
    record = store_edition(inst, network_call())
    add_person(inst, record, "Anna Albrecht")
    assert places(inst, record)[1].count("keys") == 2

    make_backup(inst)

    assert places(inst, record)[1].count("keys") == 0


def test_warnings_are_read_once_and_again_when_there_are_others(inst: Installation) -> None:
    record = store_edition(inst, network_call())
    add_person(inst, record, "Anna Albrecht")
    check = send_off_check(inst, record)
    assert check.warnings
    with pytest.raises(NotAllowed):
        require_send_off(inst, record)

    assert confirm_warnings(inst, record, digest=warnings_digest(check))

    require_send_off(inst, record)
    assert all_deeds(inst.database.read())[-1].deed == "warnings read"
    make_backup(inst)
    with pytest.raises(NotAllowed):
        require_send_off(inst, record)


def test_warnings_that_changed_meanwhile_are_not_taken_as_read(inst: Installation) -> None:
    record = store_edition(inst, network_call())
    add_person(inst, record, "Anna Albrecht")
    digest = warnings_digest(send_off_check(inst, record))

    make_backup(inst)

    assert not confirm_warnings(inst, record, digest=digest)
    assert not send_off_check(inst, record).has_read_warnings


def test_an_open_edition_needs_no_check_any_more(inst: Installation) -> None:
    record = store_edition(inst, congress())
    with pytest.raises(NotAllowed):
        require_send_off(inst, record)

    require_send_off(inst, open_edition(inst, record))


def test_mails_of_the_schedule_leave_before_addresses_go(inst: Installation) -> None:
    record = store_edition(inst, network_call())
    add_person(inst, record, "Anna Albrecht")
    results = record.edition.deadline + timedelta(days=10)
    record = change_due(inst, record, act=Act.RESULTS, moment=results)
    assert places(inst, record)[0] == []

    change_edition(inst, record.name, replace(record.edition, retention_days=5))

    assert places(inst, stored_record(inst, record.name))[0] == ["schedule"]


def test_many_mails_through_a_relay_want_a_mail_check(inst: Installation) -> None:
    with_relay = replace(
        inst,
        settings=replace(inst.settings, smtp=Smtp("relay.example.org", 587, "starttls", "", "")),
    )
    record = store_edition(inst, network_call())
    for number in range(100):
        add_person(inst, record, f"Person{number} Nachname")
    assert "mail_check" not in places(with_relay, record)[1]

    add_person(inst, record, "Anna Albrecht")

    assert "mail_check" in places(with_relay, record)[1]
    assert "mail_check" not in places(inst, record)[1]
