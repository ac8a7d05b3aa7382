"""Answers to send, and what the urn and the list of people hold afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.items import Answer
from survey.model.response import Response, decode_response
from survey.storage import boxes, participants
from survey.urn.sealing import open_box

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited

GOOD = Response({"overall": Answer(("good",)), "change": Answer(text="Mehr Pausen")})
POOR = Response({"overall": Answer(("poor",))})


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
