"""Between the numbers and the last burnt box: nothing is shown, nothing is counted twice, and it ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from survey.closing import note_closings
from survey.collecting import submit, take_back
from survey.comparing.comparison import comparable_names
from survey.comparing.series import find_series
from survey.counting import count_edition, decide_unopenable, due_counts, read_protocol
from survey.errors import AlreadyClosed, BackupRefused, NotAllowed, StorageUnavailable
from survey.installation import Installation
from survey.keeping.backup import make_backup
from survey.keeping.key_copies import copies_beside, not_copied
from survey.keeping.restore import restore_backup
from survey.logbook import whole_log
from survey.model.invitation import Registration
from survey.model.workplace import MAIN_ORGANISATION
from survey.registering import delete, plan_import
from survey.reporting.publish import publish, publish_first_version, unpublished
from survey.reporting.published import published_summary
from survey.reporting.quotes import texts_to_read
from survey.reporting.standing import standing
from survey.reporting.summarise import summarise
from survey.storage import boxes, editions, participants, tallies
from survey.urn_watch import check_urns
from survey.working import count
from tests.counting.ballots import a_response, be_silent, close, people_answer
from tests.counting.half_burnt import (
    ANSWERS,
    LEFT,
    half_burn,
    numbers_of,
    only_tally,
    restored_from,
)
from tests.events import DEADLINE
from tests.people import StoppedClock, stored_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection


# --- what is seen meanwhile


@pytest.mark.parametrize(
    "look",
    [summarise, published_summary, publish, publish_first_version, texts_to_read, read_protocol],
)
@pytest.mark.proves("U30")
def test_no_number_is_shown_while_a_box_is_left(
    inst: Installation,
    clock: StoppedClock,
    open_congress: EditionRecord,
    look: Callable[[Installation, str], object],
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    half_burn(inst, open_congress)
    assert tallies.of_edition(inst.database.read(), open_congress.id)

    with pytest.raises(NotAllowed):
        look(inst, "kk2020")

    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    look(inst, "kk2020")


def test_a_half_burnt_urn_looks_like_one_that_is_not_counted(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    note_closings(inst)
    half_burn(inst, open_congress)

    record = stored_record(inst, "kk2020")
    series = find_series(inst, MAIN_ORGANISATION, open_congress.edition.series)
    found = standing(inst, "kk2020")
    assert (found.responses, found.is_rounded) == (10, True)
    assert unpublished(inst, [record]) == ()
    assert comparable_names(series) == ()
    assert "urn counted" not in {entry.deed for entry in whole_log(inst, MAIN_ORGANISATION)}
    assert str(ANSWERS) not in {
        str(value)
        for entry in whole_log(inst, MAIN_ORGANISATION)
        if entry.deed == "urn opened"
        for value in entry.facts.values()
    }


def test_boxes_that_are_burnt_alarm_nobody(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    half_burn(inst, open_congress)

    assert check_urns(inst) == ()
    assert not_copied(inst) == ()


# --- how it ends


@pytest.mark.proves("U32")
def test_a_half_burnt_urn_is_finished_by_what_falls_due(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    half_burn(inst, open_congress)
    before = numbers_of(inst, open_congress)
    troubles: list[object] = []
    assert due_counts(inst) == ("kk2020",)

    count(inst, troubles.append)

    assert troubles == []
    assert due_counts(inst) == ()
    assert boxes.count(inst.database.read(), open_congress.id) == 0
    assert numbers_of(inst, open_congress) == before
    assert not inst.keys.has(open_congress.id)
    protocol = read_protocol(inst, "kk2020")
    assert (protocol.boxes, protocol.opened, protocol.texts) == (ANSWERS, ANSWERS, len(before[3]))  # type: ignore[arg-type]


def test_nobody_leaves_out_boxes_once_the_numbers_are_written(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    half_burn(inst, open_congress)

    with pytest.raises(NotAllowed):
        decide_unopenable(inst, "kk2020", leave_out=LEFT)

    assert count_edition(inst, "kk2020", by_hand=True, progress=be_silent).unopenable == 0


# --- who comes between


@pytest.mark.proves("U13")
def test_an_urn_that_changes_under_the_count_leaves_no_number(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)

    def put_in(message: str) -> None:
        if message == "Auszählen":
            inst.database.write(
                lambda connection: boxes.insert(connection, open_congress.id, "f" * 64, b"box")
            )

    with pytest.raises(StorageUnavailable):
        count_edition(inst, "kk2020", by_hand=True, progress=put_in)

    assert not stored_record(inst, "kk2020").is_tallied
    assert tallies.of_edition(inst.database.read(), open_congress.id) == ()
    assert boxes.count(inst.database.read(), open_congress.id) == ANSWERS + 1
    assert inst.keys.has(open_congress.id)


def test_whoever_is_marked_or_unmarked_under_the_count_leaves_no_number(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, ANSWERS)
    close(clock)

    def unmark(message: str) -> None:
        if message == "Auszählen":
            inst.database.write(
                lambda connection: participants.unmark_answered(
                    connection, open_congress.id, invited[0].id
                )
            )

    with pytest.raises(StorageUnavailable):
        count_edition(inst, "kk2020", by_hand=True, progress=unmark)

    assert not stored_record(inst, "kk2020").is_tallied


def test_a_clock_put_back_lets_nobody_in_while_boxes_are_burnt(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, ANSWERS)
    close(clock)
    half_burn(inst, open_congress)
    clock.set(DEADLINE - timedelta(days=1))

    with pytest.raises(AlreadyClosed):
        submit(inst, invited[-1].token, a_response(1))
    with pytest.raises(AlreadyClosed):
        take_back(inst, invited[0].token)
    with pytest.raises(NotAllowed):
        plan_import(inst, "kk2020", [Registration("neu@example.org", "Neu")], add_only=True)
    assert boxes.count(inst.database.read(), open_congress.id) == LEFT


def test_whoever_is_deleted_meanwhile_changes_no_number(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, ANSWERS)
    close(clock)
    only_tally(inst)
    before = numbers_of(inst, open_congress)

    delete(inst, "kk2020", invited[0].id)
    delete(inst, "kk2020", invited[-1].id)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    assert numbers_of(inst, open_congress) == before
    state = boxes.state(inst.database.read(), open_congress.id)
    assert (state.has_answered, state.remembered, state.boxes) == (0, 0, 0)


# --- backups made meanwhile


@pytest.mark.proves("U31")
def test_a_backup_made_between_takes_no_key_along_and_is_counted_to_the_end(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    half_burn(inst, open_congress)
    before = numbers_of(inst, open_congress)
    backup = make_backup(inst)
    copies = copies_beside(inst.settings.backup_directory)
    assert list(copies.glob("*.key")) == []

    again = restored_from(inst, backup)

    with pytest.raises(NotAllowed):
        summarise(again, "kk2020")
    assert due_counts(again) == ("kk2020",)
    protocol = count_edition(again, "kk2020", by_hand=False, progress=be_silent)
    assert (protocol.boxes, protocol.opened) == (ANSWERS, ANSWERS)
    assert numbers_of(again, open_congress) == before
    assert boxes.count(again.database.read(), open_congress.id) == 0
    again.database.close()


def test_a_backup_made_between_opens_nothing_again_after_the_count(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    half_burn(inst, open_congress)
    between = make_backup(inst)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    after = numbers_of(inst, open_congress)

    again = restored_from(inst, between)

    assert not again.keys.has(open_congress.id)
    count_edition(again, "kk2020", by_hand=False, progress=be_silent)
    assert numbers_of(again, open_congress) == after
    assert boxes.count(again.database.read(), open_congress.id) == 0
    again.database.close()


def test_no_backup_from_before_comes_back_once_the_numbers_are_written(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    before = make_backup(inst)
    close(clock)
    only_tally(inst)
    inst.database.close()

    with pytest.raises(BackupRefused):
        restore_backup(before, inst.settings, now=inst.clock())


# --- what the storage promises


def test_an_edition_is_not_counted_while_a_box_is_left(
    inst: Installation, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 1)

    def count_it(connection: Connection) -> bool:
        return editions.set_counted(connection, open_congress.id, inst.clock())

    assert not inst.database.write(count_it)  # without numbers
    inst.database.write(
        lambda connection: editions.set_tallied(
            connection, open_congress.id, invited=4, answered=1, unopenable=0
        )
    )
    assert not inst.database.write(count_it)  # with a box
    (slot,) = boxes.slots(inst.database.read(), open_congress.id)
    inst.database.write(
        lambda connection: boxes.delete_several(
            connection, edition_id=open_congress.id, slots=[slot]
        )
    )
    assert inst.database.write(count_it)
