"""Use case: how far an edition has come, without a word of who has answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.preparing import find_edition
from survey.statistics.disclosure import announced_responses
from survey.storage import boxes, participants
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord


@dataclass(frozen=True, slots=True)
class Standing:
    """What an organiser may know of an edition at any time."""

    record: EditionRecord
    registered: int
    """People who are not withdrawn; N once the edition is counted."""
    responses: int
    """Rounded down before the count: an exact number, seen twice, tells who answered in between."""
    is_rounded: bool


def standing(inst: Installation, name: str) -> Standing:
    """How far the edition has come."""
    record = find_edition(inst, name)
    if record.counted is not None:
        return Standing(record, record.invited or 0, record.answered or 0, is_rounded=False)
    with foreign_errors():
        connection = inst.database.read()
        people = participants.of_edition(connection, record.id)
        # While boxes are burnt behind the numbers, nobody's answer is less.
        found = boxes.count(connection, record.id) if record.answered is None else record.answered
    registered = sum(not person.is_withdrawn for person in people)
    return Standing(record, registered, announced_responses(found), is_rounded=True)
