"""Mails that leave by themselves, at their moment, once, and only when nothing speaks against it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest

from survey.checking import confirm_warnings, send_off_check, warnings_digest
from survey.closing import note_closings
from survey.errors import Problem
from survey.inviting import remind
from survey.keeping.backup import make_backup
from survey.keeping.restore import restore_backup
from survey.mail_checking import answer_for_mail_check
from survey.model.event import EditionState
from survey.model.invitation import Campaign
from survey.model.schedule import Act
from survey.model.workplace import Role
from survey.preparing import close_now, find_edition
from survey.scheduling import change_due, release, schedule_of, switch_off, withdraw
from survey.sending import (
    forget_recent_mails,
    recently_mailed,
    send_invitations_now,
    send_mails,
    start_due_mails,
)
from survey.storage import campaigns
from survey.storage.deeds import all_deeds
from survey.working import work_once
from tests.events import DEADLINE, congress, network_call
from tests.mail.queued import register
from tests.mail.relay import Relay, relay
from tests.people import store_edition
from tests.scheduling.test_schedule import DAY, END_OF_EVENT
from tests.workplace import OLGA, employ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock


@pytest.fixture
def server() -> Iterator[Relay]:
    with relay() as running:
        yield running


@pytest.fixture
def sending_inst(inst: Installation, server: Relay) -> Installation:
    """The installation with a real relay, and somebody to be told."""
    employ(inst, OLGA, Role.ORGANISER, organisation="main")
    settings = replace(
        inst.settings, smtp=server.smtp(), mails_per_second=1000, mails_per_second_and_domain=1000
    )
    return replace(inst, settings=settings)


@pytest.fixture
def released(sending_inst: Installation, clock: StoppedClock) -> EditionRecord:
    """A congress of tomorrow with forty people, checked and released."""
    clock.set(END_OF_EVENT - DAY)
    record = store_edition(sending_inst, congress())
    register(sending_inst, "kk2020", 40)
    read_warnings(sending_inst, record)
    release(sending_inst, record)
    return record


def read_warnings(inst: Installation, record: EditionRecord) -> None:
    assert confirm_warnings(inst, record, digest=warnings_digest(send_off_check(inst, record)))


def pass_over(inst: Installation) -> list[str]:
    """What one turn of the worker told; nothing that is no trouble."""
    troubles: list[str] = []
    work_once(inst, tell=lambda trouble: troubles.append(getattr(trouble, "key", str(trouble))))
    return troubles


def place_of(trouble: object) -> str:
    """Where the problem is to be mended."""
    assert isinstance(trouble, Problem)
    return trouble.place


def started(inst: Installation, record: EditionRecord) -> list[Campaign]:
    return sorted(campaigns.of_edition(inst.database.read(), record.id))


def told_by_mail(inst: Installation) -> list[str]:
    rows = inst.database.read().execute("SELECT kind FROM staff_mail ORDER BY queued, kind")
    return [row["kind"] for row in rows]


def test_nothing_leaves_before_its_moment(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock, server: Relay
) -> None:
    clock.set(END_OF_EVENT - timedelta(seconds=1))

    pass_over(sending_inst)

    assert (started(sending_inst, released), server.received) == ([], [])


def test_the_whole_schedule_happens_by_itself_and_once(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock, server: Relay
) -> None:
    seen: list[tuple[str, int]] = []
    for moment in (
        END_OF_EVENT,
        END_OF_EVENT + timedelta(days=8, hours=18),
        DEADLINE - 2 * DAY,
        DEADLINE,
        DEADLINE + timedelta(hours=20),
    ):
        clock.set(moment)
        note_closings(sending_inst)
        if moment == DEADLINE:
            continue
        server.received.clear()
        for _turn in range(3):
            assert pass_over(sending_inst) == []
        subjects = {str(mail["Subject"]).partition(":")[0] for _, mail in server.received}
        addresses = [a for a in server.addresses if a != OLGA.address]
        assert len(set(addresses)) == len(addresses)
        (subject,) = {s.partition(" – ")[2] for s in subjects if s.startswith("Vorführung")}
        seen.append((subject, len(addresses)))

    assert seen == [
        ("Ihre Rückmeldung zu „Kommunalkongress 2020“", 40),
        ("Erinnerung an Ihre Rückmeldung zu „Kommunalkongress 2020“", 40),
        ("Erinnerung an Ihre Rückmeldung zu „Kommunalkongress 2020“", 40),
        ("Danke", 40),
    ]
    assert started(sending_inst, released) == [
        Campaign.INVITATION,
        Campaign.REMINDER_1,
        Campaign.REMINDER_2,
        Campaign.THANKS,
    ]


def test_a_resting_schedule_sends_nothing(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    withdraw(sending_inst, released)
    clock.set(END_OF_EVENT)

    start_due_mails(sending_inst)

    assert started(sending_inst, released) == []
    release(sending_inst, released)
    start_due_mails(sending_inst)
    assert started(sending_inst, released) == [Campaign.INVITATION]


def test_what_is_switched_off_does_not_leave(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    switch_off(sending_inst, released, Act.REMINDER_1)
    clock.set(END_OF_EVENT)
    start_due_mails(sending_inst)
    clock.set(DEADLINE - DAY)

    start_due_mails(sending_inst)

    assert started(sending_inst, released) == [Campaign.INVITATION]


def test_an_error_of_the_check_holds_the_invitation_back_and_is_told_once(
    sending_inst: Installation, clock: StoppedClock
) -> None:
    clock.set(END_OF_EVENT - DAY)
    record = store_edition(sending_inst, congress())
    release(sending_inst, record)  # nobody is registered
    clock.set(END_OF_EVENT)

    first = start_due_mails(sending_inst)
    second = start_due_mails(sending_inst)

    assert ([place_of(trouble) for trouble in first], second) == (["pruefung"], ())
    assert (started(sending_inst, record), told_by_mail(sending_inst)) == ([], ["mail_held"])
    register(sending_inst, "kk2020", 40)
    read_warnings(sending_inst, record)
    start_due_mails(sending_inst)
    assert started(sending_inst, record) == [Campaign.INVITATION]


def test_many_invitations_want_a_mail_check_or_somebody_who_answers_for_it(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    register(sending_inst, "kk2020", 101)
    read_warnings(sending_inst, released)
    clock.set(END_OF_EVENT)

    held = start_due_mails(sending_inst)

    assert [place_of(trouble) for trouble in held] == ["mailpruefung"]
    answer_for_mail_check(sending_inst, released)
    assert start_due_mails(sending_inst) == ()
    assert started(sending_inst, released) == [Campaign.INVITATION]


def test_a_reminder_by_hand_puts_the_planned_one_off_until_two_days_lie_between(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(END_OF_EVENT)
    start_due_mails(sending_inst)
    clock.set(DEADLINE - 2 * DAY - timedelta(hours=10))
    remind(sending_inst, "kk2020")
    clock.set(DEADLINE - 2 * DAY)

    assert start_due_mails(sending_inst) == ()

    assert Campaign.REMINDER_2 not in started(sending_inst, released)
    clock.set(DEADLINE - timedelta(hours=10))
    start_due_mails(sending_inst)
    assert Campaign.REMINDER_2 in started(sending_inst, released)


def test_a_service_that_was_away_sends_late_but_never_too_late(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(END_OF_EVENT + 6 * DAY)
    start_due_mails(sending_inst)
    clock.set(DEADLINE + timedelta(hours=30))
    note_closings(sending_inst)
    start_due_mails(sending_inst)
    at_once = started(sending_inst, released)
    clock.pass_by(DAY)

    note_closings(sending_inst)
    start_due_mails(sending_inst)

    # Only the clock says that the deadline is past: a day later, too, and then it is believed.
    assert at_once == [Campaign.INVITATION]
    assert started(sending_inst, released) == [Campaign.INVITATION, Campaign.THANKS]


def test_thanks_wait_while_a_reopened_survey_is_open(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(END_OF_EVENT)
    start_due_mails(sending_inst)
    record = find_edition(sending_inst, released.name)
    change_due(sending_inst, record, act=Act.THANKS, moment=DEADLINE + timedelta(hours=2))
    clock.pass_by(DAY)
    close_now(sending_inst, released.name)

    start_due_mails(sending_inst)

    assert started(sending_inst, released) == [Campaign.INVITATION]


def test_results_wait_until_they_are_published(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    change_due(sending_inst, released, act=Act.RESULTS, moment=DEADLINE + 5 * DAY)
    clock.set(END_OF_EVENT)
    start_due_mails(sending_inst)
    clock.set(DEADLINE + 5 * DAY)
    start_due_mails(sending_inst)

    assert Campaign.RESULTS not in started(sending_inst, released)
    assert "mail_held" in told_by_mail(sending_inst)


def test_inviting_by_hand_releases_the_rest(
    sending_inst: Installation, clock: StoppedClock
) -> None:
    record = store_edition(sending_inst, network_call())
    register(sending_inst, "ikone2", 21)
    read_warnings(sending_inst, record)

    queued = send_invitations_now(sending_inst, record)

    opened = find_edition(sending_inst, "ikone2")
    assert (queued, opened.state(clock())) == (21, EditionState.OPEN)
    clock.set(DEADLINE - 5 * DAY)
    start_due_mails(sending_inst)
    clock.set(DEADLINE - timedelta(hours=2))
    start_due_mails(sending_inst)
    assert started(sending_inst, record) == [
        Campaign.INVITATION,
        Campaign.REMINDER_1,
        Campaign.REMINDER_2,
    ]


def test_addresses_asked_elsewhere_this_week_are_counted_and_then_forgotten(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    other = store_edition(sending_inst, network_call())
    register(sending_inst, "ikone2", 21)
    assert recently_mailed(sending_inst, other) == 0
    clock.set(END_OF_EVENT)
    start_due_mails(sending_inst)
    send_mails(sending_inst, progress=lambda _done, _of: None)

    assert recently_mailed(sending_inst, other) == 21
    assert recently_mailed(sending_inst, find_edition(sending_inst, released.name)) == 0
    clock.pass_by(7 * DAY)
    assert recently_mailed(sending_inst, other) == 0
    forget_recent_mails(sending_inst)
    kept = sending_inst.database.read().execute("SELECT COUNT(*) AS n FROM recent_mail")
    assert kept.fetchone()["n"] == 0


@pytest.mark.usefixtures("released")
def test_no_address_lies_in_what_is_kept_of_the_week(
    sending_inst: Installation, clock: StoppedClock
) -> None:
    clock.set(END_OF_EVENT)
    start_due_mails(sending_inst)
    send_mails(sending_inst, progress=lambda _done, _of: None)

    rows = sending_inst.database.read().execute("SELECT edition, fingerprint, day FROM recent_mail")
    found = [tuple(row) for row in rows]
    assert len(found) == 40
    assert {day for _, _, day in found} == {"2020-09-11"}
    assert not any("person" in text for row in found for text in row)


def test_two_workers_at_once_start_a_mail_once(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(END_OF_EVENT)
    gate = Barrier(4)

    def work() -> None:
        gate.wait()
        for _turn in range(3):
            start_due_mails(sending_inst)

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    queued = [d for d in all_deeds(sending_inst.database.read()) if d.deed == "invitations queued"]
    assert sum(json.loads(d.facts)["mails"] for d in queued) == 40
    assert started(sending_inst, released) == [Campaign.INVITATION]


def test_after_a_restore_nothing_leaves_until_somebody_releases_it_again(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    backup = make_backup(sending_inst)
    clock.set(END_OF_EVENT)
    start_due_mails(sending_inst)
    sending_inst.database.close()

    restore_backup(backup, sending_inst.settings, now=clock())
    start_due_mails(sending_inst)

    assert started(sending_inst, released) == []
    assert not schedule_of(sending_inst, released).is_released


def test_trouble_with_one_edition_keeps_no_other_from_its_turn(
    sending_inst: Installation, released: EditionRecord, clock: StoppedClock
) -> None:
    other = store_edition(sending_inst, network_call())
    register(sending_inst, "ikone2", 21)
    read_warnings(sending_inst, other)
    release(sending_inst, other)
    (sending_inst.settings.keys / f"{released.id}.key").unlink()
    clock.set(END_OF_EVENT)

    troubles = start_due_mails(sending_inst)

    assert len(troubles) == 1
    assert started(sending_inst, released) == []
    assert started(sending_inst, other) == [Campaign.INVITATION]
