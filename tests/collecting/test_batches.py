"""Answers that share a commit: a refused one takes none with it, a failed commit leaves none and thanks nobody."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.errors import AnsweredWithOtherLink, StorageUnavailable
from survey.model.invitation import Campaign
from survey.storage import boxes
from survey.urn_watch import check_urns
from tests.collecting.doomed_service import response_of
from tests.people import add_link, add_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

PATIENCE = 20


def in_one_commit(inst: Installation, acts: list[Callable[[], object]]) -> list[type | None]:
    """What each act was told, all of them having waited for one commit."""
    gate, is_held = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        is_held.set()
        assert gate.wait(PATIENCE)

    def told(act: Callable[[], object]) -> type | None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 -- the outcome
            return type(error)
        return None

    with ThreadPoolExecutor(len(acts) + 1) as pool:
        first = pool.submit(inst.database.write, hold)
        assert is_held.wait(PATIENCE)
        waiting = []
        for number, act in enumerate(acts, 1):
            waiting.append(pool.submit(told, act))
            while inst.database._writes.qsize() < number:
                pass
        gate.set()
        first.result(PATIENCE)
        return [one.result(PATIENCE) for one in waiting]


def dangle(connection: Connection) -> None:
    """A change that COMMIT itself refuses."""
    connection.execute("PRAGMA defer_foreign_keys=ON")
    connection.execute(
        "INSERT INTO urn (edition, slot, box) VALUES (:edition, :slot, :box)",
        {"edition": "nowhere", "slot": "0" * 64, "box": b""},
    )


@pytest.mark.proves("R4")
def test_a_refused_answer_takes_no_other_of_its_commit_with_it(
    inst: Installation, open_congress: EditionRecord
) -> None:
    anna, bernd, clara = (add_person(inst, open_congress, f"{n} N") for n in ("A", "B", "C"))
    submit(inst, bernd.token, response_of(1))
    other = add_link(inst, open_congress, bernd.participant, Campaign.REMINDER_1)

    told = in_one_commit(
        inst,
        [partial(submit, inst, p.token, response_of(2)) for p in (anna, other, clara)],
    )

    assert told == [None, AnsweredWithOtherLink, None]
    assert boxes.state(inst.database.read(), open_congress.id).boxes == 3
    assert check_urns(inst) == ()


@pytest.mark.proves("R4")
def test_a_commit_that_fails_thanks_nobody_and_stores_nothing(
    inst: Installation, open_congress: EditionRecord
) -> None:
    people = [add_person(inst, open_congress, f"P{n} P") for n in range(4)]
    answers = [partial(submit, inst, p.token, response_of(1)) for p in people]

    told = in_one_commit(inst, [*answers[:2], lambda: inst.database.write(dangle), *answers[2:]])
    stored = boxes.state(inst.database.read(), open_congress.id)
    for answer in answers:
        answer()

    assert told == [StorageUnavailable] * 5
    assert (stored.boxes, stored.has_answered) == (0, 0)
    assert boxes.state(inst.database.read(), open_congress.id).boxes == 4
    assert check_urns(inst) == ()
