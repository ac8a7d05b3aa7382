"""Deadlines pass once: a clock that jumps opens nothing again, and closes nothing for good."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.closing import note_closings
from survey.collecting import delete_old_drafts, keep_draft, open_form, submit
from survey.errors import AlreadyClosed
from survey.inviting import invite
from survey.mail.delivery import FolderDelivery
from survey.mail.outbox import send_due
from survey.model.event import GRACE, EditionState
from survey.preparing import close_now, reopen
from survey.storage import drafts, outbox
from tests.counting.ballots import a_response
from tests.events import DEADLINE
from tests.people import START, stored_record

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited, StoppedClock

SOON = timedelta(seconds=10)
TWO_DAYS = timedelta(days=2)
MONTH = timedelta(days=30)


def state_of(inst: Installation, record: EditionRecord) -> EditionState:
    return stored_record(inst, record.name).state(inst.clock())


def test_a_clock_put_back_does_not_open_a_closed_form(
    inst: Installation, open_congress: EditionRecord, anna: Invited, clock: StoppedClock
) -> None:
    clock.set(DEADLINE + GRACE + SOON)
    before = state_of(inst, open_congress)
    note_closings(inst)

    clock.set(DEADLINE - TWO_DAYS)

    assert (before, state_of(inst, open_congress)) == (EditionState.CLOSED, EditionState.CLOSED)
    with pytest.raises(AlreadyClosed):
        open_form(inst, anna.token)
    with pytest.raises(AlreadyClosed):
        submit(inst, anna.token, a_response(1))


def test_a_clock_that_ran_ahead_and_was_put_right_has_closed_nothing(
    inst: Installation, open_congress: EditionRecord, anna: Invited, clock: StoppedClock
) -> None:
    code = keep_draft(inst, anna.token, {"change": ("Mehr Pausen.",)})
    clock.set(START + MONTH)
    ahead = state_of(inst, open_congress)
    note_closings(inst)
    delete_old_drafts(inst)

    clock.set(START)
    note_closings(inst)

    assert (ahead, state_of(inst, open_congress)) == (EditionState.CLOSED, EditionState.OPEN)
    assert drafts.count(inst.database.read(), open_congress.id) == 1
    submit(inst, anna.token, a_response(1), resume_code=code)


def test_a_deadline_that_nobody_watched_has_passed_when_it_is_past_a_day_later(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(DEADLINE + TWO_DAYS)
    note_closings(inst)
    at_once = stored_record(inst, open_congress.name).is_surely_closed

    clock.pass_by(timedelta(hours=24))
    note_closings(inst)

    assert (at_once, stored_record(inst, open_congress.name).is_surely_closed) == (False, True)


def test_what_a_wrong_clock_has_seen_counts_for_nothing_once_it_is_put_right(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    clock.set(START + MONTH)
    note_closings(inst)
    clock.set(START)
    note_closings(inst)
    clock.set(START + MONTH + timedelta(hours=25))

    note_closings(inst)

    assert not stored_record(inst, open_congress.name).is_surely_closed


def test_an_organiser_opens_again_what_no_clock_can(
    inst: Installation, open_congress: EditionRecord, clock: StoppedClock
) -> None:
    close_now(inst, open_congress.name)
    clock.set(START - TWO_DAYS)
    put_back = state_of(inst, open_congress)
    clock.set(START + SOON)

    reopen(inst, open_congress.name, DEADLINE)

    assert (put_back, state_of(inst, open_congress)) == (EditionState.CLOSED, EditionState.OPEN)


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("jump", [MONTH, -TWO_DAYS])
def test_invitations_under_way_leave_when_the_clock_is_put_right(
    inst: Installation, clock: StoppedClock, jump: timedelta
) -> None:
    folder = FolderDelivery(inst.settings.data / "out")
    invite(inst, "kk2020")
    clock.set(START + jump)
    ahead = send_due(inst, folder, progress=lambda _done, _due: None)
    clock.set(START)

    behind = send_due(inst, folder, progress=lambda _done, _due: None)

    assert ahead.sent + behind.sent == 1
    assert outbox.count_due(inst.database.read(), clock()) == 0
    assert len(list(folder.folder.glob("*.eml"))) == 1
