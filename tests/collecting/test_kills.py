"""A service killed at any moment has lost nothing it said thanks for."""

from __future__ import annotations

import multiprocessing
import random
import threading
from typing import TYPE_CHECKING

import pytest

from survey.access.links import slot_of
from survey.model.response import decode_response
from survey.storage import boxes, participants
from survey.urn.sealing import open_box
from survey.urn_watch import check_urns
from tests.collecting.doomed_service import TAKEN_BACK, response_of, state_after, take_answers
from tests.events import congress
from tests.people import (
    StoppedClock,
    add_person,
    at_rest,
    make_installation,
    open_edition,
    store_edition,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited

KILLS = 20
SUBMISSIONS = 500
"""At least so many acknowledged; a slow machine takes more kills to get there."""
PEOPLE = 24


def _answer(inst: Installation, record: EditionRecord, person: Invited) -> object:
    """What lies in the urn for a person; TAKEN_BACK for nothing."""
    slot = slot_of(record.id, person.secret)
    found = dict(boxes.of_edition(inst.database.read(), record.id))
    stored = participants.find(inst.database.read(), record.id, person.id)
    assert stored is not None
    assert stored.has_answered is (slot in found)
    if slot not in found:
        return TAKEN_BACK
    key = inst.keys.private_key(record.id)
    return decode_response(open_box(key, record.id, slot, found[slot]))


def _expected(step: int) -> object:
    state = state_after(step)
    return TAKEN_BACK if state == TAKEN_BACK else response_of(step)


def _until_killed(
    service: BaseProcess, ours: Connection, seconds: float
) -> Iterator[tuple[int, int]]:
    """What the service says until it is killed, so long after its first word."""
    killing = threading.Timer(seconds, service.kill)
    try:
        yield ours.recv()
        killing.start()
        while True:
            yield ours.recv()
    except (EOFError, OSError):
        service.join(20)
        ours.close()


@pytest.mark.proves("R1", "S15", "U8")
def test_service_killed_at_random_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    inst = make_installation(tmp_path, StoppedClock())
    record = open_edition(inst, store_edition(inst, congress()))
    people = [add_person(inst, record, f"P{n} P") for n in range(PEOPLE)]
    inst.database.close()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.collecting.doomed_service"])
    moments = random.Random(2020)  # noqa: S311 -- any moments will do
    steps = [0] * PEOPLE
    acknowledged = 0

    kills = 0
    while kills < KILLS or acknowledged < SUBMISSIONS:
        kills += 1
        ours, theirs = processes.Pipe(duplex=False)
        service = processes.Process(
            target=take_answers, args=(tmp_path, [p.token for p in people], steps, theirs)
        )
        service.start()
        theirs.close()
        reached = list(steps)
        for person, step in _until_killed(service, ours, moments.uniform(0.0, 0.12)):
            reached[person] = step
            acknowledged += 1

        risen = at_rest(tmp_path, StoppedClock())
        for n, person_ in enumerate(people):
            found = _answer(risen, record, person_)
            in_flight = _expected(reached[n] + 1)
            assert found in (_expected(reached[n]), in_flight)
            steps[n] = reached[n] if found == _expected(reached[n]) else reached[n] + 1
        assert check_urns(risen) == ()
        risen.database.close()
