from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition
from survey.errors import KeyMissing, LinkForged, LinkUnknown, NotAllowed, NotFound
from survey.inviting import invite, opt_out, remind, request_link, thank, to_be_invited
from survey.mail.delivery import FolderDelivery
from survey.mail.outbox import SendingReport, send_due
from survey.mail_standing import sending_status
from survey.model.event import GRACE
from survey.model.invitation import Campaign, Delivery, Registration
from survey.registering import apply_import, delete, list_participants, plan_import
from survey.storage import deeds, editions, links, outbox, participants
from tests.people import (
    DEADLINE,
    START,
    StoppedClock,
    congress,
    network_call,
    store_edition,
    stored_record,
)

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.invitation import Participant

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def people(n: int) -> list[Registration]:
    return [Registration(f"p{i:02}@example.org", f"Person {i:02}", line=i) for i in range(n)]


def load(inst: Installation, registrations: list[Registration], name: str = "kk2020") -> None:
    apply_import(inst, name, plan_import(inst, name, registrations, add_only=False))


def send(inst: Installation) -> SendingReport:
    assert inst.settings.mail_folder is not None
    door = FolderDelivery(inst.settings.mail_folder)
    return send_due(inst, door, progress=lambda _done, _of: None)


def person(inst: Installation, n: int) -> Participant:
    return list_participants(inst, "kk2020")[n]


@pytest.fixture
def planned(inst: Installation) -> str:
    """The congress with forty people, nobody invited yet."""
    store_edition(inst, congress())
    load(inst, people(40))
    return "kk2020"


@pytest.fixture
def invited(inst: Installation, planned: str) -> str:
    """The same, everybody invited."""
    invite(inst, planned)
    send(inst)
    return planned


# --- invitations


def test_first_invitation_opens_the_edition(inst: Installation, planned: str) -> None:
    assert stored_record(inst, planned).opens is None

    queued = invite(inst, planned)

    record = stored_record(inst, planned)
    assert (queued, record.opens, record.closes) == (40, START, DEADLINE)
    assert record.size_class == "large"
    assert [d.deed for d in deeds.all_deeds(inst.database.read())][-2:] == [
        "edition opened",
        "invitations queued",
    ]


@pytest.mark.parametrize(("n", "size_class"), [(29, "small"), (30, "large")])
def test_size_class_goes_by_everybody_even_if_one_person_is_invited_first(
    inst: Installation, n: int, size_class: str
) -> None:
    store_edition(inst, network_call())
    load(inst, people(n), "ikone2")
    one = list_participants(inst, "ikone2")[0]

    queued = invite(inst, "ikone2", (one.id,))

    assert (queued, stored_record(inst, "ikone2").size_class) == (1, size_class)
    assert invite(inst, "ikone2") == n - 1


def test_nobody_is_invited_twice(inst: Installation, invited: str) -> None:
    assert invite(inst, invited) == 0
    assert invite(inst, invited, (person(inst, 0).id,)) == 0
    assert send(inst) == SendingReport()


def test_late_registration_is_invited_by_inviting_again(inst: Installation, invited: str) -> None:
    load(inst, people(42))

    queued = invite(inst, invited)

    assert (queued, send(inst).sent) == (2, 2)


def test_edition_without_people_cannot_be_opened(inst: Installation) -> None:
    store_edition(inst, congress())

    with pytest.raises(NotAllowed):
        invite(inst, "kk2020")

    assert stored_record(inst, "kk2020").opens is None


def test_edition_whose_key_is_lost_is_not_opened(inst: Installation, planned: str) -> None:
    (inst.settings.keys / f"{stored_record(inst, planned).id}.key").unlink()

    with pytest.raises(KeyMissing):
        invite(inst, planned)

    assert stored_record(inst, planned).opens is None


@pytest.mark.parametrize("late", [timedelta(0), HOUR])
def test_nobody_is_invited_after_the_deadline(
    inst: Installation, planned: str, clock: StoppedClock, late: timedelta
) -> None:
    clock.set(DEADLINE + late)

    with pytest.raises(NotAllowed):
        invite(inst, planned)


def test_nobody_is_invited_after_close(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    clock.set(DEADLINE)

    with pytest.raises(NotAllowed):
        invite(inst, invited)


def test_inviting_a_stranger_invites_nobody(inst: Installation, planned: str) -> None:
    with pytest.raises(NotFound):
        invite(inst, planned, (person(inst, 0).id, "stranger"))

    assert stored_record(inst, planned).opens is None
    with pytest.raises(NotFound):
        invite(inst, "nowhere")


def test_person_who_comes_back_before_the_invitation_left_gets_it(
    inst: Installation, planned: str
) -> None:
    invite(inst, planned)
    load(inst, people(39))
    assert send(inst) == SendingReport(sent=39, skipped=1)
    load(inst, people(40))

    queued = invite(inst, planned)

    assert (queued, send(inst).sent) == (1, 1)


def test_corrected_address_gets_the_invitation_that_failed(
    inst: Installation, planned: str
) -> None:
    load(inst, [replace(p, number=str(i)) for i, p in enumerate(people(40))])
    broken = replace(people(1)[0], number="0", address="p\r\n@example.org")
    load(inst, [broken, *(replace(p, number=str(i)) for i, p in enumerate(people(40)) if i)])
    invite(inst, planned)
    assert send(inst).failed == 1
    assert invite(inst, planned) == 0
    load(inst, [replace(p, number=str(i)) for i, p in enumerate(people(40))])

    queued = invite(inst, planned)

    assert (queued, send(inst)) == (1, SendingReport(sent=1))


# --- reminders


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


@pytest.mark.parametrize("has_answered", [False, True])
def test_number_to_be_invited_says_nothing_about_the_answers_of_those_who_did_not_come(
    inst: Installation, invited: str, *, has_answered: bool
) -> None:
    someone = list_participants(inst, invited)[0]
    if has_answered:
        inst.database.write(lambda c: participants.mark_answered(c, someone.edition, someone.id))
    delete(inst, invited, someone.id)
    again = Registration(someone.address, someone.name, attended=False)
    apply_import(inst, invited, plan_import(inst, invited, [again], add_only=True))
    back = next(p for p in list_participants(inst, invited) if p.address == someone.address)
    assert (back.has_answered, back.is_no_show) == (has_answered, True)  # it could leak

    assert to_be_invited(inst, stored_record(inst, invited)) == 0
    assert invite(inst, invited) == 0


# --- thanks


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


# --- requested links


def test_requested_link_comes_three_times_a_day(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    sent = []
    for _ in range(5):
        request_link(inst, invited, " P00@example.org ")
        sent.append(send(inst).sent)
    clock.pass_by(DAY)
    request_link(inst, invited, "p00@example.org")

    assert sent == [1, 1, 1, 0, 0]
    assert send(inst).sent == 1


def test_link_requested_again_before_it_left_is_one_mail(inst: Installation, invited: str) -> None:
    for _ in range(3):
        request_link(inst, invited, "p00@example.org")

    assert send(inst).sent == 1


def test_everybody_of_a_shared_mailbox_gets_a_link(inst: Installation) -> None:
    store_edition(inst, congress())
    load(inst, [Registration("post@example.org", f"Person {n}", line=n) for n in range(5)])
    invite(inst, "kk2020")
    send(inst)

    request_link(inst, "kk2020", "post@example.org")

    assert send(inst).sent == 5


@pytest.mark.parametrize(
    ("edition", "address"),
    [("kk2020", "stranger@example.org"), ("nowhere", "p00@example.org"), ("kk2020", "%"), ("", "")],
)
def test_stranger_learns_nothing_and_gets_nothing(
    inst: Installation, invited: str, edition: str, address: str
) -> None:
    assert send(inst) == SendingReport()

    request_link(inst, edition, address)

    assert send(inst) == SendingReport()
    assert invited


def test_link_is_requested_while_the_edition_is_open_only(
    inst: Installation, planned: str, clock: StoppedClock
) -> None:
    request_link(inst, planned, "p00@example.org")
    invite(inst, planned)
    send(inst)
    clock.set(DEADLINE)
    request_link(inst, planned, "p00@example.org")

    assert send(inst) == SendingReport()


def test_only_today_s_requests_are_known(
    inst: Installation, invited: str, clock: StoppedClock
) -> None:
    request_link(inst, invited, "p00@example.org")
    clock.pass_by(DAY)
    request_link(inst, invited, "p01@example.org")

    rows = inst.database.read().execute("SELECT day FROM link_request").fetchall()
    assert [row["day"] for row in rows] == ["2020-09-15"]


# --- opting out


def test_opt_out_holds_however_often_it_is_said(inst: Installation, invited: str) -> None:
    token = inst.links.opt_out_token(invited, person(inst, 0).id)

    opt_out(inst, token)
    opt_out(inst, token)

    assert [p.has_opted_out for p in list_participants(inst, invited)] == [True] + [False] * 39


def test_opt_out_link_of_somebody_deleted_is_unknown(inst: Installation, invited: str) -> None:
    anna = person(inst, 0)
    token = inst.links.opt_out_token(invited, anna.id)
    delete(inst, invited, anna.id)

    with pytest.raises(LinkUnknown):
        opt_out(inst, token)


def test_forged_opt_out_link_changes_nothing(inst: Installation, invited: str) -> None:
    token = inst.links.opt_out_token(invited, person(inst, 0).id)

    with pytest.raises(LinkForged):
        opt_out(inst, token[:-1] + ("A" if token[-1] != "A" else "B"))

    assert not any(p.has_opted_out for p in list_participants(inst, invited))
