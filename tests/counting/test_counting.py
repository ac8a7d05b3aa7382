from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.counting import (
    BURNT_TOGETHER,
    count_edition,
    decide_unopenable,
    due_counts,
    read_protocol,
)
from survey.errors import AlreadyClosed, CountRefused, NotAllowed
from survey.keeping.backup import backups_in, make_backup
from survey.keeping.key_copies import copies_beside
from survey.language.catalogue import catalogue
from survey.model.tally import MarkKind, SessionTotal, TallyRow
from survey.reporting.quotes import release_text
from survey.storage import boxes, editions, participants, tallies, texts, totals
from tests.counting.ballots import (
    COUNT_TIME,
    a_day_later,
    a_response,
    be_silent,
    close,
    people_answer,
)
from tests.events import DEADLINE, congress
from tests.people import StoppedClock, store_edition, stored_record

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection


@pytest.mark.proves("U30")
def test_the_count_leaves_tallies_and_burns_the_rest(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 12)
    close(clock)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    connection = inst.database.read()
    record = stored_record(inst, "kk2020")
    rows = tallies.of_edition(connection, record.id)
    assert (protocol.invited, protocol.boxes, protocol.opened) == (15, 12, 12)
    assert (record.invited, record.answered) == (15, 12)
    assert TallyRow("", "", "overall", "_n", 12) in rows
    assert TallyRow("ws01", "", "rating", "very_good", 6) in rows
    assert totals.of_edition(connection, record.id) == {
        "keynote": SessionTotal(15, 0, 0, 0),
        "ws01": SessionTotal(15, 0, 0, 12),
        "ws02": SessionTotal(0, 0, 0, 0),
        "ws03": SessionTotal(15, 0, 0, 0),
        "ws04": SessionTotal(0, 0, 0, 0),
    }
    assert boxes.count(connection, record.id) == 0
    assert [p.sessions for p in participants.of_edition(connection, record.id)] == [()] * 15
    assert not any(p.has_answered for p in participants.of_edition(connection, record.id))


@pytest.mark.proves("U30")
def test_more_boxes_than_go_at_once_go_too(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, BURNT_TOGETHER + 1)
    close(clock)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    assert protocol.opened == BURNT_TOGETHER + 1
    assert boxes.slots(inst.database.read(), open_congress.id) == ()


@pytest.mark.proves("U31")
def test_the_key_goes_with_its_copies_after_a_backup_was_proven(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 6)
    make_backup(inst)
    copies = copies_beside(inst.settings.backup_directory)
    assert {p.name for p in copies.glob("*.key")} == {f"{open_congress.id}.key"}
    close(clock)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    assert list(copies.glob("*.key")) == []
    assert list(inst.settings.keys.glob("*.key")) == []
    assert inst.keys.is_destroyed(open_congress.id)
    assert protocol.key_destroyed == COUNT_TIME
    assert protocol.backup == backups_in(inst.settings.backup_directory)[-1][1].name


def test_a_second_count_tells_the_first_again(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 6)
    close(clock)
    first = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    a_day_later(clock)

    assert count_edition(inst, "kk2020", by_hand=True, progress=be_silent) == first
    assert read_protocol(inst, "kk2020") == first


def test_the_protocol_says_what_a_works_council_wants_to_know(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 6)
    close(clock)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    text = protocol.text(catalogue("de"), inst.settings.zone)
    assert "In der Urne: 6 Umschläge" in text.splitlines()
    assert "Nicht aufbewahrt, weil zu wenige geantwortet haben: 8 Texte" in text.splitlines()
    assert "Schlüssel vernichtet: 28. September 2020, 19:00 Uhr" in text.splitlines()


@pytest.mark.parametrize(
    ("after_deadline", "is_allowed"),
    [(timedelta(minutes=59, seconds=59), False), (timedelta(minutes=60), True)],
)
def test_by_hand_an_edition_is_counted_an_hour_after_its_deadline(
    *,
    inst: Installation,
    clock: StoppedClock,
    open_congress: EditionRecord,
    after_deadline: timedelta,
    is_allowed: bool,
) -> None:
    people_answer(inst, open_congress, 5)
    clock.set(DEADLINE + after_deadline)

    if is_allowed:
        assert count_edition(inst, "kk2020", by_hand=True, progress=be_silent).opened == 5
    else:
        with pytest.raises(NotAllowed):
            count_edition(inst, "kk2020", by_hand=True, progress=be_silent)


def test_an_edition_never_opened_is_not_counted(inst: Installation) -> None:
    store_edition(inst, congress())

    with pytest.raises(NotAllowed):
        count_edition(inst, "kk2020", by_hand=True, progress=be_silent)


@pytest.mark.proves("U30")
def test_once_the_count_has_started_no_answer_is_taken(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, 5)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    clock.set(DEADLINE - timedelta(days=1))

    with pytest.raises(AlreadyClosed):
        submit(inst, invited[6].token, a_response(1))


# --- by the clock


def test_the_clock_counts_what_it_has_seen_closed_for_a_day(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)
    assert due_counts(inst) == ()
    close(clock)
    assert due_counts(inst) == ()
    clock.pass_by(timedelta(hours=23, minutes=59))
    assert due_counts(inst) == ()
    clock.pass_by(timedelta(minutes=1))

    assert due_counts(inst) == ("kk2020",)
    assert count_edition(inst, "kk2020", by_hand=False, progress=be_silent).opened == 5
    assert due_counts(inst) == ()


@pytest.mark.proves("U33")
def test_a_clock_that_jumps_counts_nothing_by_itself(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)
    due_counts(inst)
    clock.pass_by(timedelta(days=60))

    assert due_counts(inst) == ()
    with pytest.raises(NotAllowed):
        count_edition(inst, "kk2020", by_hand=False, progress=be_silent)


def test_a_clock_set_right_forgets_what_it_saw(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)
    clock.pass_by(timedelta(days=60))
    due_counts(inst)
    clock.pass_by(-timedelta(days=60))
    due_counts(inst)
    close(clock)

    assert due_counts(inst) == ()


# --- boxes that do not open


def _damage_one(inst: Installation, record: EditionRecord) -> None:
    def work(connection: Connection) -> None:
        slot, box = boxes.of_edition(connection, record.id)[0]
        boxes.replace(connection, record.id, slot, box[:-1] + bytes([box[-1] ^ 1]))

    inst.database.write(work)


@pytest.mark.proves("U34")
def test_an_unopenable_box_keeps_everything_until_somebody_decides(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 7)
    _damage_one(inst, open_congress)
    close(clock)

    with pytest.raises(CountRefused):
        count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    assert boxes.count(inst.database.read(), open_congress.id) == 7
    assert inst.keys.has(open_congress.id)
    with pytest.raises(NotAllowed):
        decide_unopenable(inst, "kk2020", leave_out=2)
    decide_unopenable(inst, "kk2020", leave_out=1)
    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    assert (protocol.boxes, protocol.opened, protocol.unopenable) == (7, 6, 1)
    assert stored_record(inst, "kk2020").answered == 6
    assert not inst.keys.has(open_congress.id)


@pytest.mark.proves("U13")
def test_an_urn_that_disagrees_with_who_answered_is_not_counted(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, 5)
    inst.database.write(
        lambda connection: participants.unmark_answered(connection, open_congress.id, invited[0].id)
    )
    close(clock)

    with pytest.raises(CountRefused):
        count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    assert inst.keys.has(open_congress.id)


# --- people and sessions


def test_known_no_shows_and_the_withdrawn_leave_the_invited_unless_they_answered(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, 6, silent=4)

    def withdraw(connection: Connection) -> None:
        for person in (invited[0], invited[6]):
            participants.set_withdrawn(connection, open_congress.id, person.id)

    inst.database.write(withdraw)
    close(clock)

    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    record = stored_record(inst, "kk2020")
    assert (record.invited, record.answered) == (9, 6)


def test_a_session_cancelled_later_is_left_out(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 12)
    edition = open_congress.edition
    programme = replace(
        edition.programme,
        sessions=tuple(
            replace(s, is_cancelled=s.code == "ws01") for s in edition.programme.sessions
        ),
    )
    inst.database.write(
        lambda connection: editions.update_definition(
            connection, open_congress.id, replace(edition, programme=programme)
        )
    )
    close(clock)

    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    connection = inst.database.read()
    assert "ws01" not in totals.of_edition(connection, open_congress.id)
    assert [
        r for r in tallies.of_edition(connection, open_congress.id) if r.session == "ws01"
    ] == []
    assert [t for t in texts.of_edition(connection, open_congress.id) if t.session == "ws01"] == []


# --- texts


@pytest.mark.proves("U41")
def test_texts_are_kept_one_by_one_with_marks_and_released_without(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 12)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    found = texts.of_edition(inst.database.read(), open_congress.id)
    about_mail = [t for t in found if t.session == "ws01"]

    assert len(found) == 12 + 3
    assert [t.id for t in found] == sorted(t.id for t in found)
    assert {mark.kind for t in about_mail for mark in t.marks} == {MarkKind.MAIL}
    with pytest.raises(NotAllowed):
        release_text(inst, "kk2020", about_mail[0].id, released=about_mail[0].text)
    release_text(inst, "kk2020", about_mail[0].id, released="Mail an […]")
    released = [t for t in texts.of_edition(inst.database.read(), open_congress.id) if t.released]
    assert [(t.id, t.released) for t in released] == [(about_mail[0].id, "Mail an […]")]


def test_the_protocol_speaks_english_too(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 6)
    close(clock)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    text = protocol.text(catalogue("en"), inst.settings.zone)
    assert text.splitlines()[0] == "Protocol of the count"
    assert "In the urn: 6 boxes" in text.splitlines()
