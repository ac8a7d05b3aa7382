"""Answers: one box a person, changed and taken back through the link that sent them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey import collecting, urn_watch
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
)
from survey.model.invitation import Campaign
from survey.model.items import Answer
from survey.model.response import Response
from survey.storage import boxes, editions, participants
from survey.urn.witness import Witness
from tests.collecting.answers import GOOD, POOR, has_answered, urn
from tests.events import DEADLINE, congress
from tests.people import add_link, add_person, store_edition

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited, StoppedClock

MINUTE = timedelta(minutes=1)


@pytest.mark.proves("U8", "U24")
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


@pytest.mark.proves("S14", "U9")
def test_sending_again_replaces_the_answers(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    submit(inst, anna.token, GOOD)

    submit(inst, anna.token, POOR)
    submit(inst, anna.token, POOR)

    assert urn(inst, open_congress) == [POOR]
    assert urn_watch.check_urns(inst) == ()


@pytest.mark.proves("S14", "U10")
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


@pytest.mark.proves("U10")
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


@pytest.mark.proves("U11")
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
    assert urn_watch.check_urns(inst) == ()


@pytest.mark.proves("U11")
def test_after_taking_back_another_link_may_answer(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    mayor = add_link(inst, open_congress, anna.participant, Campaign.LINK_REQUEST)
    submit(inst, anna.token, POOR)

    take_back(inst, anna.token)
    submit(inst, mayor.token, GOOD)

    assert urn(inst, open_congress) == [GOOD]


@pytest.mark.proves("S14", "U17")
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


@pytest.mark.proves("S14")
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
@pytest.mark.proves("U23")
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


@pytest.mark.proves("U15")
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


@pytest.mark.proves("U26")
def test_answers_too_long_for_their_box_are_refused_whole(
    inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    response = Response({"change": Answer(text="ü" * 4000)})

    with pytest.raises(AnswerRefused):
        submit(inst, anna.token, response)

    assert urn(inst, open_congress) == []
    assert not has_answered(inst, anna)
