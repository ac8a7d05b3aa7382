from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.errors import KeyMissing, NotAllowed, NotFound
from survey.inviting import invite, to_be_invited
from survey.mail.outbox import SendingReport
from survey.model.invitation import Registration
from survey.registering import apply_import, delete, list_participants, plan_import
from survey.storage import deeds, participants
from tests.events import DEADLINE, congress, network_call
from tests.inviting.mailings import load, people, person, send
from tests.people import START, StoppedClock, store_edition, stored_record

if TYPE_CHECKING:
    from survey.installation import Installation

HOUR = timedelta(hours=1)


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
