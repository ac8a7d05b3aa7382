from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition
from survey.errors import NotAllowed
from survey.inviting import invite, remind, thank
from survey.mail_standing import sending_status
from survey.model.event import GRACE
from survey.model.invitation import Campaign, Delivery
from survey.registering import list_participants
from survey.storage import editions, links, outbox, participants
from tests.events import DEADLINE
from tests.inviting.mailings import person, send
from tests.people import START, StoppedClock, stored_record

if TYPE_CHECKING:
    from survey.installation import Installation

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_two_reminders_two_days_apart_and_no_third(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    reminded = []
    for _ in range(2):
        clock.pass_by(2 * DAY - timedelta(seconds=1))
        with pytest.raises(NotAllowed):
            remind(inst, invited)
        clock.pass_by(timedelta(seconds=1))
        reminded.append((remind(inst, invited), send(inst).sent))

    clock.pass_by(2 * DAY)
    with pytest.raises(NotAllowed):
        remind(inst, invited)

    assert reminded == [(40, 40), (40, 40)]


@pytest.mark.parametrize(
    ("before_close", "may"), [(HOUR, True), (HOUR - timedelta(seconds=1), False)]
)
def test_nobody_is_reminded_in_the_last_hour(
    inst: Installation, invited: str, clock: StoppedClock, before_close: timedelta, *, may: bool
) -> None:
    clock.set(DEADLINE - before_close)

    if may:
        assert remind(inst, invited) == 40
    else:
        with pytest.raises(NotAllowed):
            remind(inst, invited)


@pytest.mark.parametrize("moment", [START, DEADLINE, DEADLINE + DAY])
def test_nobody_is_reminded_unless_the_edition_is_open(
    inst: Installation, planned: str, clock: StoppedClock, moment: object
) -> None:
    if moment != START:
        invite(inst, planned)
    clock.set(moment)  # type: ignore[arg-type]

    with pytest.raises(NotAllowed):
        remind(inst, planned)


@pytest.mark.proves("U36")
def test_number_queued_for_a_reminder_says_nothing_about_answers(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    everybody = list_participants(inst, invited)
    inst.database.write(
        lambda c: [participants.mark_answered(c, p.edition, p.id) for p in everybody[:13]]
    )
    clock.pass_by(3 * DAY)

    queued = remind(inst, invited)

    assert queued == 40


@pytest.mark.proves("U36")
def test_status_of_an_open_large_edition_hides_how_many_have_answered(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    everybody = list_participants(inst, invited)
    inst.database.write(
        lambda c: [participants.mark_answered(c, p.edition, p.id) for p in everybody[:13]]
    )
    clock.pass_by(3 * DAY)
    remind(inst, invited)
    send(inst)
    record = stored_record(inst, invited)
    exact = outbox.counts(inst.database.read(), record.id)
    assert exact[Campaign.REMINDER_1, Delivery.HANDED_OVER] == 27  # it could leak

    by_kind = {c.kind: c for c in sending_status(inst, invited).campaigns}

    assert by_kind[Campaign.REMINDER_1].counts == {
        Delivery.HANDED_OVER: 25,
        Delivery.CANCELLED: 10,
    }
    assert by_kind[Campaign.REMINDER_1].is_rounded
    assert by_kind[Campaign.INVITATION].counts == {Delivery.HANDED_OVER: 40}
    clock.set(DEADLINE)
    closed = {c.kind: c.counts for c in sending_status(inst, invited).campaigns}
    # Exact, it would say of everybody deleted from now on whether a reminder had gone to them.
    assert closed[Campaign.REMINDER_1] == by_kind[Campaign.REMINDER_1].counts


def test_what_is_left_of_reminders_goes_with_the_count(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    clock.pass_by(3 * DAY)
    remind(inst, invited)
    send(inst)
    record = stored_record(inst, invited)
    rows = outbox.counts(inst.database.read(), record.id)
    assert (Campaign.REMINDER_1, Delivery.HANDED_OVER) in rows  # whoever has one had not answered
    assert len(links.of_participant(inst.database.read(), record.id, person(inst, 0).id)) == 2

    clock.set(DEADLINE + GRACE)
    count_edition(inst, invited, by_hand=True, progress=lambda _message: None)

    rows = outbox.counts(inst.database.read(), record.id)
    assert set(rows) == {(Campaign.INVITATION, Delivery.HANDED_OVER)}
    (left,) = links.of_participant(inst.database.read(), record.id, person(inst, 0).id)
    assert left.campaign is Campaign.INVITATION
    kinds = [c.kind for c in sending_status(inst, invited).campaigns]
    assert kinds == [Campaign.INVITATION]


@pytest.mark.proves("U39")
def test_nobody_is_thanked_before_close(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    clock.set(DEADLINE - timedelta(seconds=1))
    with pytest.raises(NotAllowed):
        thank(inst, invited)
    clock.set(DEADLINE)

    assert thank(inst, invited) == 40
    assert thank(inst, invited) == 0


def test_nobody_is_thanked_once_addresses_are_gone(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    clock.set(DEADLINE + 20 * DAY)
    record = stored_record(inst, invited)
    inst.database.write(lambda c: editions.set_addresses_deleted(c, record.id, clock()))

    with pytest.raises(NotAllowed):
        thank(inst, invited)
