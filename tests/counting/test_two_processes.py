"""Two processes come to count the same edition: one counts, and nothing is done twice."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition, somebody_counts
from survey.keeping.backup import backups_in
from survey.ordering import backup_order, order_backup, order_count
from survey.storage import boxes, deeds
from survey.storage.turns import Turn, turn
from survey.working import back_up_as_ordered, count, count_as_ordered
from tests.counting.ballots import be_silent, close, people_answer
from tests.counting.half_burnt import (
    ANSWERS,
    STEPS,
    burn_some,
    half_burn,
    only_tally,
)
from tests.lost_turns import lose_the_turn
from tests.people import StoppedClock, stored_record

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.keeping.count_protocol import CountProtocol
    from survey.model.event import EditionRecord


@pytest.mark.parametrize("step", STEPS)
def test_a_second_process_that_comes_between_counts_nobody_twice(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord, step: str
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    found: list[CountProtocol] = []

    def another(message: str) -> None:
        if message == step and not found:
            lose_the_turn(inst.database, Turn.COUNTS)
            found.append(count_edition(inst, "kk2020", by_hand=True, progress=be_silent))

    again = count_edition(inst, "kk2020", by_hand=True, progress=another)

    (first,) = found
    assert (again.boxes, again.opened, again.tallies, again.texts) == (
        first.boxes,
        first.opened,
        first.tallies,
        first.texts,
    )
    assert (first.boxes, first.opened) == (ANSWERS, ANSWERS)
    assert boxes.count(inst.database.read(), open_congress.id) == 0


@pytest.mark.parametrize("step", [*STEPS, "Sicherung anlegen und zur Probe zurückspielen"])
def test_a_second_process_waits_for_the_first_and_does_nothing_again(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord, step: str
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    found: list[CountProtocol] = []
    busy: list[bool] = []
    second = Thread(
        target=lambda: found.append(count_edition(inst, "kk2020", by_hand=True, progress=be_silent))
    )

    def another(message: str) -> None:
        if message == step:
            second.start()
            busy.append(somebody_counts(inst))

    first = count_edition(inst, "kk2020", by_hand=True, progress=another)
    second.join()

    assert (found, busy, somebody_counts(inst)) == ([first], [True], False)
    done = [deed.deed for deed in deeds.of_edition(inst.database.read(), open_congress.id)]
    assert (done.count("urn counted"), done.count("key destroyed")) == (1, 1)
    assert len(backups_in(inst.settings.backup_directory)) == 1


def test_what_falls_due_does_not_wait_for_a_count_of_somebody_else(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    only_tally(inst)
    order_count(inst, "kk2020")
    order_backup(inst)
    troubles: list[object] = []
    with turn(inst.database, Turn.COUNTS), turn(inst.database, Turn.BACKUPS):
        count(inst, troubles.append)
        count_as_ordered(inst, troubles.append)
        back_up_as_ordered(inst, troubles.append)
        meanwhile = stored_record(inst, "kk2020").counted, backup_order(inst)

    count_as_ordered(inst, troubles.append)
    back_up_as_ordered(inst, troubles.append)

    assert (troubles, meanwhile[0], meanwhile[1] is None) == ([], None, False)
    assert (stored_record(inst, "kk2020").key_destroyed is None, backup_order(inst)) == (
        False,
        None,
    )


@pytest.mark.parametrize("step", STEPS)
def test_a_second_process_goes_on_where_the_first_one_died(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord, step: str
) -> None:
    people_answer(inst, open_congress, ANSWERS)
    close(clock)
    died: list[str] = []

    def another(message: str) -> None:
        if message == step and not died:
            died.append(step)
            if step == STEPS[-1]:
                burn_some(inst, open_congress)
            else:
                lose_the_turn(inst.database, Turn.COUNTS)
                half_burn(inst, open_congress)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=another)

    assert (protocol.boxes, protocol.opened) == (ANSWERS, ANSWERS)
    assert boxes.count(inst.database.read(), open_congress.id) == 0
