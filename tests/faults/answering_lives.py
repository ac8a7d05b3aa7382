"""People who answer, change and take back until the disk is gone, and what must then still be there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from survey.access.links import slot_of
from survey.collecting import submit, take_back
from survey.errors import StorageUnavailable
from survey.model.response import decode_response
from survey.storage import boxes, editions, upkeep
from survey.urn.sealing import BoxUnopenable, open_box
from survey.urn_watch import check_urns, confirm_urn
from tests.collecting.doomed_service import TAKEN_BACK, response_of, state_after
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from tests.faults.lossy_disk import LossyDisk

MOST_REFUSALS = 20
"""In one life, of one of its threads: a disk that fails is given up some time."""


def installed(folder: Path) -> Installation:
    """The service, started anew."""
    return at_rest(folder, StoppedClock())


class Life:
    """What each person did last, and was thanked for."""

    def __init__(self, people: list[list[str]]) -> None:
        self.tokens = [token for token, _ in people]
        self.secrets = [bytes.fromhex(secret) for _, secret in people]
        self.steps = [0] * len(people)
        """The last thing each of them tried; each is another answer, or none."""
        self.possible = [{0} for _ in people]
        """The step that was thanked for last, and those since that may or may not be stored."""
        self.thanked = 0
        self.refused = 0

    def act(self, inst: Installation, disk: LossyDisk, people: range) -> None:
        """One after the other, until the power is cut or the disk fails too often."""
        refusals = 0
        while refusals < MOST_REFUSALS:
            for person in people:
                self.steps[person] += 1
                step = self.steps[person]
                self.possible[person].add(step)
                try:
                    if state_after(step) == TAKEN_BACK:
                        take_back(inst, self.tokens[person])
                    else:
                        submit(inst, self.tokens[person], response_of(step))
                except StorageUnavailable:
                    refusals += 1
                    is_thanked = False
                else:
                    is_thanked = not disk.is_cut  # nobody is thanked by a machine without power
                if is_thanked:
                    self.possible[person] = {step}
                if disk.is_cut:
                    return
                self.thanked += is_thanked
                self.refused += not is_thanked

    def lost(self, folder: Path) -> int:
        """How many answers that were thanked for are not there, damage counted too; from here on people go on."""
        inst = installed(folder)
        record = editions.find(inst.database.read(), "kk2020")
        assert record is not None
        lost = len(upkeep.faults(inst.settings.database)) + len(check_urns(inst))
        if lost:
            confirm_urn(inst, record.name)
        key = inst.keys.private_key(record.id)
        stored = dict(boxes.of_edition(inst.database.read(), record.id))
        for person, secret in enumerate(self.secrets):
            slot = slot_of(record.id, secret)
            found: object = TAKEN_BACK
            if slot in stored:
                found = None
                with suppress(BoxUnopenable):
                    found = decode_response(open_box(key, record.id, slot, stored[slot]))
            possible = {step for step in self.possible[person] if _answer(step) == found}
            lost += not possible
            self.possible[person] = possible or {
                step for step in range(self.steps[person] + 1) if _answer(step) == found
            }
        inst.database.close()
        return lost


def _answer(step: int) -> object:
    return TAKEN_BACK if state_after(step) == TAKEN_BACK else response_of(step)
