"""Answers: one box a person, changed and taken back through the link that sent them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey import collecting
from survey.access.links import slot_of
from survey.collecting import open_form, open_sent_form, submit, take_back
from survey.errors import (
    AlreadyClosed,
    AnsweredWithOtherLink,
    AnswerRefused,
    KeyMissing,
    LinkForged,
    LinkUnknown,
    NotYetOpen,
    StorageUnavailable,
)
from survey.model.invitation import Campaign
from survey.model.items import Answer
from survey.model.response import Response, decode_response
from survey.storage import boxes, editions, participants
from survey.urn.sealing import open_box
from survey.urn.witness import Witness
from tests.people import DEADLINE, add_link, add_person, congress, store_edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited, StoppedClock

GOOD = Response({"overall": Answer(("good",)), "change": Answer(text="Mehr Pausen")})
POOR = Response({"overall": Answer(("poor",))})
MINUTE = timedelta(minutes=1)


def urn(inst: Installation, record: EditionRecord) -> list[Response]:
    """Everything in the urn, opened with the key."""
    key = inst.keys.private_key(record.id)
    return [
        decode_response(open_box(key, record.id, slot, box))
        for slot, box in boxes.of_edition(inst.database.read(), record.id)
    ]


def has_answered(inst: Installation, person: Invited) -> bool:
    stored = participants.find(inst.database.read(), person.participant.edition, person.id)
    assert stored is not None
    return stored.has_answered


def test_sent_answers_lie_sealed_in_the_urn(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    submit(inst, anna.token, GOOD)

    assert urn(inst, open_congress) == [GOOD]
    assert (has_answered(inst, anna), has_answered(inst, bernd)) == (True, False)
    assert Witness(inst.settings.witnesses).witnessed(open_congress.id) == 1
    ((slot, box),) = boxes.of_edition(inst.database.read(), open_congress.id)
    assert slot == slot_of(open_congress.id, anna.secret)
    assert len(box) == open_congress.edition.box_size


def test_sending_again_replaces_the_answers(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    submit(inst, anna.token, GOOD)

    submit(inst, anna.token, POOR)
    submit(inst, anna.token, POOR)

    assert urn(inst, open_congress) == [POOR]
    assert collecting.check_urns(inst) == ()


def test_only_the_link_that_answered_can_change_the_answer(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    reminder = add_link(inst, open_congress, anna.participant, Campaign.REMINDER_1)
    submit(inst, anna.token, GOOD)

    with pytest.raises(AnsweredWithOtherLink):
        submit(inst, reminder.token, POOR)
    with pytest.raises(AnsweredWithOtherLink):
        take_back(inst, reminder.token)

    assert urn(inst, open_congress) == [GOOD]
    assert has_answered(inst, anna)


def test_opening_says_which_mails_link_can_change_the_answer(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    reminder = add_link(inst, open_congress, anna.participant, Campaign.REMINDER_1)
    before = open_form(inst, anna.token)
    submit(inst, reminder.token, GOOD)

    with_other, with_own = open_form(inst, anna.token), open_form(inst, reminder.token)

    assert (before.has_answered, before.answers_with_this_link, before.other_campaigns) == (
        False,
        False,
        (),
    )
    assert (with_other.has_answered, with_other.answers_with_this_link) == (True, False)
    assert with_other.other_campaigns == (Campaign.REMINDER_1,)
    assert (with_own.has_answered, with_own.answers_with_this_link) == (True, True)
    assert with_own.other_campaigns == ()


def test_form_asks_about_the_booked_sessions(inst: Installation, anna: Invited) -> None:
    form = open_form(inst, anna.token)

    assert form.booked == {"ws01", "ws03"}
    assert form.token == anna.token
    assert [p.session.code for s in form.form.sections for p in s.parts] == ["ws01", "ws03"]


def test_answer_taken_back_leaves_no_trace(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    submit(inst, bernd.token, POOR)
    submit(inst, anna.token, GOOD)

    take_back(inst, anna.token)
    take_back(inst, anna.token)

    assert urn(inst, open_congress) == [POOR]
    assert not has_answered(inst, anna)
    assert Witness(inst.settings.witnesses).witnessed(open_congress.id) == 1
    assert collecting.check_urns(inst) == ()


def test_after_taking_back_another_link_may_answer(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    mayor = add_link(inst, open_congress, anna.participant, Campaign.LINK_REQUEST)
    submit(inst, anna.token, POOR)

    take_back(inst, anna.token)
    submit(inst, mayor.token, GOOD)

    assert urn(inst, open_congress) == [GOOD]


@pytest.mark.parametrize(
    ("after_close", "opens", "takes"),
    [
        pytest.param(-MINUTE, True, True, id="a minute before"),
        pytest.param(timedelta(0), False, True, id="at the deadline"),
        pytest.param(timedelta(minutes=59, seconds=59), False, True, id="within the hour"),
        pytest.param(timedelta(minutes=60), False, False, id="after the hour"),
        pytest.param(timedelta(days=3), False, False, id="days later"),
    ],
)
def test_posts_count_for_one_unannounced_hour(  # noqa: PLR0917 -- the cast
    inst: Installation,
    clock: StoppedClock,
    open_congress: EditionRecord,
    anna: Invited,
    bernd: Invited,
    after_close: timedelta,
    opens: bool,  # noqa: FBT001 -- a table's column
    takes: bool,  # noqa: FBT001 -- a table's column
) -> None:
    submit(inst, bernd.token, POOR)
    clock.set(DEADLINE + after_close)

    def is_closed(act: Callable[[], object]) -> bool:
        try:
            act()
        except AlreadyClosed as closed:
            return closed.closed == DEADLINE
        return False

    assert is_closed(lambda: open_form(inst, anna.token)) is not opens
    assert is_closed(lambda: open_sent_form(inst, anna.token)) is not takes
    assert is_closed(lambda: submit(inst, anna.token, GOOD)) is not takes
    assert is_closed(lambda: take_back(inst, bernd.token)) is not takes
    assert urn(inst, open_congress) == ([GOOD] if takes else [POOR])


def test_nothing_is_taken_once_the_count_has_started(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord, anna: Invited
) -> None:
    clock.set(DEADLINE + MINUTE)
    inst.database.write(lambda c: editions.start_count(c, open_congress.id, clock()))

    with pytest.raises(AlreadyClosed):
        submit(inst, anna.token, GOOD)

    assert urn(inst, open_congress) == []


def test_edition_before_its_first_mail_is_not_yet_open(inst: Installation) -> None:
    record = store_edition(inst, congress())
    anna = add_person(inst, record, "Anna Albrecht")

    for act in (lambda: open_form(inst, anna.token), lambda: submit(inst, anna.token, GOOD)):
        with pytest.raises(NotYetOpen):
            act()


ACTS = [
    pytest.param(open_form, id="open"),
    pytest.param(open_sent_form, id="open what was sent"),
    pytest.param(lambda inst, token: submit(inst, token, GOOD), id="submit"),
    pytest.param(take_back, id="take back"),
    pytest.param(lambda inst, token: collecting.keep_draft(inst, token, {}), id="keep draft"),
    pytest.param(
        lambda inst, token: collecting.open_draft(inst, token, "A" * 21 + "Q"), id="open draft"
    ),
]


@pytest.mark.parametrize("act", ACTS)
def test_forged_links_open_nothing(
    inst: Installation, anna: Invited, act: Callable[[Installation, str], object]
) -> None:
    with pytest.raises(LinkForged):
        act(inst, anna.token[:-1])


@pytest.mark.parametrize("act", ACTS)
def test_genuine_links_to_what_is_deleted_are_unknown(
    inst: Installation,
    open_congress: EditionRecord,
    anna: Invited,
    act: Callable[[Installation, str], object],
) -> None:
    open_form(inst, anna.token)
    inst.database.write(lambda c: participants.delete(c, open_congress.id, anna.id))

    with pytest.raises(LinkUnknown):
        act(inst, anna.token)
    with pytest.raises(LinkUnknown):
        act(inst, inst.links.personal_token("kk1999", anna.secret))


def test_withdrawn_person_cannot_answer_but_may_take_an_answer_back(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    submit(inst, bernd.token, GOOD)
    inst.database.write(lambda c: participants.set_withdrawn(c, open_congress.id, anna.id))
    inst.database.write(lambda c: participants.set_withdrawn(c, open_congress.id, bernd.id))

    with pytest.raises(LinkUnknown):
        submit(inst, anna.token, GOOD)
    take_back(inst, bernd.token)

    assert urn(inst, open_congress) == []


def test_lost_key_is_found_before_answers_are(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    open_form(inst, anna.token)
    inst.keys.discard(open_congress.id)

    for act in (open_form, lambda i, t: submit(i, t, GOOD)):
        with pytest.raises(KeyMissing):
            act(inst, anna.token)

    assert boxes.count(inst.database.read(), open_congress.id) == 0
    assert not has_answered(inst, anna)


def test_answers_too_long_for_their_box_are_refused_whole(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    response = Response({"change": Answer(text="ü" * 4000)})

    with pytest.raises(AnswerRefused):
        submit(inst, anna.token, response)

    assert urn(inst, open_congress) == []
    assert not has_answered(inst, anna)


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
    assert collecting.check_urns(inst) == ()


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


def test_rolled_back_urn_takes_nothing_until_somebody_confirms(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    submit(inst, anna.token, GOOD)
    submit(inst, bernd.token, GOOD)
    _lose(inst, open_congress, bernd)

    found = collecting.check_urns(inst)
    with pytest.raises(StorageUnavailable):
        submit(inst, bernd.token, POOR)
    confirmed = collecting.confirm_urn(inst, "kk2020")
    submit(inst, bernd.token, POOR)

    assert [(p.place, p.values()["witnessed"], p.values()["boxes"]) for p in found] == [
        ("kk2020", 2, 1)
    ]
    assert confirmed == 1
    assert collecting.check_urns(inst) == ()


def _lose(inst: Installation, record: EditionRecord, person: Invited) -> None:
    """What a rolled-back log does: box and mark are gone together, and all numbers agree."""

    def work(connection: object) -> None:
        boxes.delete(connection, record.id, slot_of(record.id, person.secret))  # type: ignore[arg-type]  # driver
        participants.unmark_answered(connection, record.id, person.id)  # type: ignore[arg-type]  # driver

    inst.database.write(work)


def test_submission_itself_notices_boxes_that_are_missing(
    inst: Installation, open_congress: EditionRecord, anna: Invited, bernd: Invited
) -> None:
    submit(inst, anna.token, GOOD)
    _lose(inst, open_congress, anna)

    with pytest.raises(StorageUnavailable):
        submit(inst, bernd.token, GOOD)

    assert urn(inst, open_congress) == []


def test_box_without_a_person_is_found(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    submit(inst, anna.token, GOOD)
    inst.database.write(lambda c: participants.unmark_answered(c, open_congress.id, anna.id))

    (found,) = collecting.check_urns(inst)

    assert (found.values()["answered"], found.values()["boxes"]) == (0, 1)


def test_deleted_person_who_had_answered_is_counted_as_remembered(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    submit(inst, anna.token, GOOD)

    def forget(connection: object) -> None:
        participants.remember(connection, open_congress.id, fingerprint="f", has_answered=True)  # type: ignore[arg-type]  # driver
        participants.delete(connection, open_congress.id, anna.id)  # type: ignore[arg-type]  # driver

    inst.database.write(forget)

    assert boxes.state(inst.database.read(), open_congress.id).remembered == 1
    assert collecting.check_urns(inst) == ()


def test_check_finds_a_key_that_does_not_fit(
    inst: Installation, open_congress: EditionRecord
) -> None:
    assert collecting.check_urns(inst) == ()
    inst.keys.discard(open_congress.id)
    inst.keys.create(open_congress.id)

    (found,) = collecting.check_urns(inst)

    assert found.place == "kk2020"
    assert "Schlüssel" in found.key


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
