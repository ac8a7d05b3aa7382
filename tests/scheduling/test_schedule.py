"""The schedule of an edition: its usual moments, what can be changed, and what the rules refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from survey.errors import NotAllowed
from survey.inviting import invite, remind
from survey.model.event import COUNT_BY_CLOCK
from survey.model.schedule import Act, EntryState
from survey.preparing import close_now, extend_deadline, find_edition
from survey.scheduling import change_due, release, schedule_of, switch_off, withdraw
from tests.events import DEADLINE, congress
from tests.mail.queued import register
from tests.people import START, open_edition, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.schedule import Schedule
    from tests.people import StoppedClock

END_OF_EVENT = datetime(2020, 9, 11, 15, 0, tzinfo=UTC)
"""Five in the afternoon in Berlin."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def planned(inst: Installation, clock: StoppedClock) -> EditionRecord:
    """A congress that is over tomorrow, with forty people."""
    clock.set(END_OF_EVENT - DAY)
    record = store_edition(inst, congress())
    register(inst, "kk2020", 40)
    return record


def told(schedule: Schedule) -> list[tuple[Act, str, EntryState]]:
    return [(e.act, f"{e.moment:%d.%m. %H:%M}", e.state) for e in schedule.entries]


def why(refusal: pytest.ExceptionInfo[NotAllowed]) -> str:
    return refusal.value.why.key


def test_usual_moments_follow_from_the_event_and_the_deadline(
    inst: Installation, planned: EditionRecord
) -> None:
    schedule = schedule_of(inst, planned)

    assert told(schedule) == [
        (Act.INVITATION, "11.09. 17:00", EntryState.NEXT),
        (Act.REMINDER_1, "20.09. 09:00", EntryState.LATER),
        (Act.REMINDER_2, "26.09. 09:00", EntryState.LATER),
        (Act.CLOSING, "28.09. 16:00", EntryState.LATER),
        (Act.THANKS, "29.09. 10:00", EntryState.LATER),
        (Act.COUNT, "29.09. 16:00", EntryState.LATER),
        (Act.RESULTS, "08.10. 10:00", EntryState.OFF),
        (Act.DELETION, "12.10. 16:00", EntryState.LATER),
    ]
    assert not schedule.is_released
    assert schedule.next == schedule.entry(Act.INVITATION)


def test_short_surveys_have_only_the_reminders_that_fit(
    inst: Installation, planned: EditionRecord
) -> None:
    extend_deadline(inst, planned.name, END_OF_EVENT + timedelta(days=3))

    schedule = schedule_of(inst, find_edition(inst, planned.name))

    assert schedule.entry(Act.REMINDER_1).state is EntryState.OFF
    assert schedule.entry(Act.REMINDER_2).state is EntryState.OFF


def test_what_has_happened_is_done_and_stays(
    inst: Installation, planned: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(END_OF_EVENT)
    invite(inst, planned.name)
    clock.pass_by(timedelta(days=9))
    remind(inst, planned.name)
    record = find_edition(inst, planned.name)

    schedule = schedule_of(inst, record)

    assert [
        (e.act, e.moment, e.may_change) for e in schedule.entries if e.state is EntryState.DONE
    ] == [
        (Act.INVITATION, END_OF_EVENT, False),
        (Act.REMINDER_1, END_OF_EVENT + timedelta(days=9), False),
    ]
    with pytest.raises(NotAllowed) as refusal:
        change_due(inst, record, act=Act.REMINDER_1, moment=clock() + DAY)
    assert why(refusal) == "Das ist schon geschehen und lässt sich nicht mehr ändern."


def test_reminders_that_nobody_sent_in_time_are_missed(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(DEADLINE - HOUR + timedelta(seconds=1))

    schedule = schedule_of(inst, open_congress)

    assert schedule.entry(Act.REMINDER_1).state is EntryState.MISSED
    assert schedule.next == schedule.entry(Act.CLOSING)


def test_a_chosen_moment_is_kept_and_logged(inst: Installation, planned: EditionRecord) -> None:
    moment = END_OF_EVENT + timedelta(hours=18)

    change_due(inst, planned, act=Act.INVITATION, moment=moment)

    entry = schedule_of(inst, planned).entry(Act.INVITATION)
    assert (entry.moment, entry.is_usual) == (moment, False)


def test_moments_nobody_chose_move_with_the_deadline(
    inst: Installation, open_congress: EditionRecord
) -> None:
    before = schedule_of(inst, open_congress)
    change_due(inst, open_congress, act=Act.THANKS, moment=DEADLINE + 2 * HOUR)

    record = extend_deadline(inst, open_congress.name, DEADLINE + timedelta(days=7))

    after = schedule_of(inst, record)
    assert (after.entry(Act.REMINDER_2).moment - before.entry(Act.REMINDER_2).moment) == timedelta(
        days=7
    )
    assert after.entry(Act.THANKS).moment == DEADLINE + timedelta(days=7)


def test_a_mail_is_switched_off_and_on_again(inst: Installation, planned: EditionRecord) -> None:
    switch_off(inst, planned, Act.THANKS)
    off = schedule_of(inst, planned).entry(Act.THANKS)

    change_due(inst, planned, act=Act.THANKS, moment=off.moment)

    on = schedule_of(inst, planned).entry(Act.THANKS)
    assert (off.state, off.may_change, on.state) == (EntryState.OFF, True, EntryState.LATER)


def test_without_the_first_reminder_there_is_no_second(
    inst: Installation, planned: EditionRecord
) -> None:
    switch_off(inst, planned, Act.REMINDER_1)

    schedule = schedule_of(inst, planned)
    with pytest.raises(NotAllowed) as refusal:
        change_due(inst, planned, act=Act.REMINDER_2, moment=DEADLINE - 3 * DAY)

    assert schedule.entry(Act.REMINDER_2).state is EntryState.OFF
    assert why(refusal) == "Schalten Sie zuerst die erste Erinnerung ein."


@pytest.mark.parametrize("act", [Act.CLOSING, Act.COUNT, Act.DELETION])
def test_what_is_no_mail_cannot_be_switched_off(
    inst: Installation, planned: EditionRecord, act: Act
) -> None:
    with pytest.raises(NotAllowed):
        switch_off(inst, planned, act)


@pytest.mark.parametrize(
    ("act", "moment", "is_allowed"),
    [
        (Act.INVITATION, DEADLINE - 2 * DAY, True),
        (Act.INVITATION, DEADLINE - 2 * DAY + timedelta(seconds=1), False),
        (Act.INVITATION, END_OF_EVENT - DAY, False),
        (Act.REMINDER_1, END_OF_EVENT + 2 * DAY, True),
        (Act.REMINDER_1, END_OF_EVENT + 2 * DAY - timedelta(seconds=1), False),
        (Act.REMINDER_1, datetime(2020, 9, 24, 7, 0, tzinfo=UTC), True),
        (Act.REMINDER_1, datetime(2020, 9, 24, 7, 0, 1, tzinfo=UTC), False),
        (Act.REMINDER_1, DEADLINE - HOUR, False),
        (Act.REMINDER_2, DEADLINE - HOUR, True),
        (Act.REMINDER_2, DEADLINE - HOUR + timedelta(seconds=1), False),
        (Act.REMINDER_2, END_OF_EVENT + 3 * DAY, False),
        (Act.THANKS, DEADLINE, True),
        (Act.THANKS, DEADLINE - timedelta(seconds=1), False),
        (Act.THANKS, DEADLINE + 14 * DAY - timedelta(seconds=1), True),
        (Act.THANKS, DEADLINE + 14 * DAY, False),
        (Act.RESULTS, DEADLINE + HOUR, True),
        (Act.RESULTS, DEADLINE + HOUR - timedelta(seconds=1), False),
        (Act.RESULTS, DEADLINE + 90 * DAY, False),
        (Act.COUNT, DEADLINE + 2 * DAY, False),
        (Act.CLOSING, DEADLINE + DAY, True),
        (Act.DELETION, DEADLINE + 90 * DAY, True),
        (Act.DELETION, DEADLINE + 91 * DAY, False),
        (Act.DELETION, DEADLINE + timedelta(hours=3), False),
    ],
)
def test_the_rules_allow_or_refuse_a_moment(
    inst: Installation, planned: EditionRecord, act: Act, moment: datetime, *, is_allowed: bool
) -> None:
    try:
        record = change_due(inst, planned, act=act, moment=moment)
    except NotAllowed:
        assert not is_allowed
    else:
        assert is_allowed
        assert schedule_of(inst, record).entry(act).moment == moment


def test_results_before_the_opening_keep_the_addresses_longer(
    inst: Installation, planned: EditionRecord
) -> None:
    record = change_due(inst, planned, act=Act.RESULTS, moment=DEADLINE + 20 * DAY)

    schedule = schedule_of(inst, record)
    assert record.edition.retention_days == 21
    assert schedule.entry(Act.RESULTS).moment < schedule.entry(Act.DELETION).moment


def test_results_after_the_opening_keep_to_the_day_that_people_were_told(
    inst: Installation, open_congress: EditionRecord
) -> None:
    change_due(inst, open_congress, act=Act.RESULTS, moment=DEADLINE + 13 * DAY)

    with pytest.raises(NotAllowed) as refusal:
        change_due(inst, open_congress, act=Act.RESULTS, moment=DEADLINE + 20 * DAY)

    assert why(refusal).startswith("Die Adressen werden am")
    assert find_edition(inst, open_congress.name).edition.retention_days == 14


def test_addresses_stay_as_long_as_a_planned_mail_needs_them(
    inst: Installation, planned: EditionRecord
) -> None:
    record = change_due(inst, planned, act=Act.RESULTS, moment=DEADLINE + 10 * DAY)

    with pytest.raises(NotAllowed) as refusal:
        change_due(inst, record, act=Act.DELETION, moment=DEADLINE + 9 * DAY)

    assert why(refusal).startswith("Dann wären die Adressen vor einer geplanten Mail")


def test_closed_editions_have_closed_and_are_counted_a_day_later(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    clock.pass_by(DAY)
    record = close_now(inst, open_congress.name)

    schedule = schedule_of(inst, record)

    assert schedule.entry(Act.CLOSING).state is EntryState.DONE
    assert schedule.entry(Act.COUNT).moment == clock() + COUNT_BY_CLOCK


def test_a_released_schedule_can_rest_again(inst: Installation, planned: EditionRecord) -> None:
    release(inst, planned)
    released = schedule_of(inst, planned).is_released

    withdraw(inst, planned)

    assert (released, schedule_of(inst, planned).is_released) == (True, False)


def test_an_event_that_is_over_invites_at_once(inst: Installation) -> None:
    record = store_edition(inst, congress())

    entry = schedule_of(inst, record).entry(Act.INVITATION)

    assert (entry.moment < START, entry.state) == (True, EntryState.NEXT)


def test_an_edition_opened_without_a_mail_counts_as_invited(inst: Installation) -> None:
    record = open_edition(inst, store_edition(inst, replace(congress(), name="kk2021")))

    assert schedule_of(inst, record).entry(Act.INVITATION).state is EntryState.DONE
