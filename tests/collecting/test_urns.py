"""Urns: boxes, marks and witness agree, whatever happens at once or goes wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey import urn_watch
from survey.access.links import slot_of
from survey.collecting import submit
from survey.errors import AnsweredWithOtherLink, StorageUnavailable
from survey.model.invitation import Campaign
from survey.model.items import Answer
from survey.model.response import Response
from survey.storage import boxes, participants
from survey.urn.witness import Witness
from tests.collecting.answers import GOOD, POOR, has_answered, urn
from tests.events import DEADLINE
from tests.people import add_link, add_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited, StoppedClock


@pytest.mark.proves("S16", "U9")
def test_200_posts_of_one_link_at_once_leave_one_box(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    reminder = add_link(inst, open_congress, anna.participant, Campaign.REMINDER_1)
    responses = [Response({"recommendation": Answer((str(n % 11),))}) for n in range(200)]

    with ThreadPoolExecutor(50) as pool:
        sent = [pool.submit(submit, inst, anna.token, response) for response in responses]
        other = pool.submit(lambda: _refused(lambda: submit(inst, reminder.token, POOR)))
        refusals = [_refused(future.result) for future in sent]

    first_was_other = not other.result()
    assert boxes.count(inst.database.read(), open_congress.id) == 1
    assert set(refusals) == {first_was_other}
    assert urn(inst, open_congress)[0] in ([POOR] if first_was_other else responses)
    assert urn_watch.check_urns(inst) == ()


def _refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except AnsweredWithOtherLink:
        return True
    return False


def test_many_people_at_once_get_a_box_each(
    inst: Installation, open_congress: EditionRecord
) -> None:
    people = [add_person(inst, open_congress, f"P{n} P") for n in range(60)]

    with ThreadPoolExecutor(30) as pool:
        list(pool.map(lambda p: submit(inst, p.token, GOOD), people))

    state = boxes.state(inst.database.read(), open_congress.id)
    assert (state.has_answered, state.boxes) == (60, 60)
    assert Witness(inst.settings.witnesses).witnessed(open_congress.id) == 60


def test_unwritable_witness_stores_nothing_and_says_so(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    inst.settings.witnesses.rmdir()
    inst.settings.witnesses.write_text("in the way")

    with pytest.raises(StorageUnavailable):
        submit(inst, anna.token, GOOD)

    assert boxes.count(inst.database.read(), open_congress.id) == 0
    assert not has_answered(inst, anna)


@pytest.mark.proves("U14")
def test_rolled_back_urn_takes_nothing_until_somebody_confirms(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    submit(inst, anna.token, GOOD)
    submit(inst, bernd.token, GOOD)
    _lose(inst, open_congress, bernd)

    found = urn_watch.check_urns(inst)
    with pytest.raises(StorageUnavailable):
        submit(inst, bernd.token, POOR)
    confirmed = urn_watch.confirm_urn(inst, "kk2020")
    submit(inst, bernd.token, POOR)

    assert [(p.place, p.values()["witnessed"], p.values()["boxes"]) for p in found] == [
        ("kk2020", 2, 1)
    ]
    assert confirmed == 1
    assert urn_watch.check_urns(inst) == ()


def _lose(inst: Installation, record: EditionRecord, person: Invited) -> None:
    """What a rolled-back log does: box and mark are gone together, and all numbers agree."""

    def work(connection: object) -> None:
        boxes.delete(connection, record.id, slot_of(record.id, person.secret))  # type: ignore[arg-type]  # driver
        participants.unmark_answered(connection, record.id, person.id)  # type: ignore[arg-type]  # driver

    inst.database.write(work)


@pytest.mark.proves("U14")
def test_submission_itself_notices_boxes_that_are_missing(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    submit(inst, anna.token, GOOD)
    _lose(inst, open_congress, anna)

    with pytest.raises(StorageUnavailable):
        submit(inst, bernd.token, GOOD)

    assert urn(inst, open_congress) == []


@pytest.mark.proves("U13")
def test_box_without_a_person_is_found(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    submit(inst, anna.token, GOOD)
    inst.database.write(lambda c: participants.unmark_answered(c, open_congress.id, anna.id))

    (found,) = urn_watch.check_urns(inst)

    assert (found.values()["answered"], found.values()["boxes"]) == (0, 1)


@pytest.mark.proves("U13", "U16")
def test_deleted_person_who_had_answered_is_counted_as_remembered(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    submit(inst, anna.token, GOOD)

    def forget(connection: object) -> None:
        participants.remember(connection, open_congress.id, fingerprint="f", has_answered=True)  # type: ignore[arg-type]  # driver
        participants.delete(connection, open_congress.id, anna.id)  # type: ignore[arg-type]  # driver

    inst.database.write(forget)

    assert boxes.state(inst.database.read(), open_congress.id).remembered == 1
    assert urn_watch.check_urns(inst) == ()


@pytest.mark.proves("U15")
def test_check_finds_a_key_that_does_not_fit(
    inst: Installation, open_congress: EditionRecord
) -> None:
    assert urn_watch.check_urns(inst) == ()
    inst.keys.discard(open_congress.id)
    inst.keys.create(open_congress.id)

    (found,) = urn_watch.check_urns(inst)

    assert found.place == "kk2020"
    assert "Schlüssel" in found.key


@pytest.mark.proves("U27")
def test_nothing_stored_tells_when_somebody_answered(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord, anna: Invited
) -> None:
    clock.set(DEADLINE - timedelta(days=3, hours=2, minutes=47))
    submit(inst, anna.token, GOOD)

    stored = "\n".join(
        repr(tuple(row))
        for table in ("edition", "participant", "link", "urn", "draft", "deed", "booking")
        for row in inst.database.read().execute(_everything(table)).fetchall()
    )

    assert open_congress.opens is not None
    assert open_congress.opens.isoformat() in stored  # a time that may be there is found
    for part in ("2020-09-25", "13:13", "11:13", str(int(clock().timestamp()))):
        assert part not in stored


def _everything(table: str) -> str:
    return f"SELECT * FROM {table}"  # noqa: S608 -- the test's own table names
