"""What comes out of an urn: the boxes one after the other, texts with their marks, sessions with their people.

Nothing is written here: counting does that, in one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import CountRefused, problem
from survey.marking import find_marks, name_index, without_role
from survey.model.response import decode_rows
from survey.model.tally import KeptText, SessionTotal
from survey.model.told import Listener
from survey.storage import after_count, boxes, participants
from survey.storage.connection import foreign_errors
from survey.urn.sealing import BoxUnopenable, UrnKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation
    from survey.model.event import Edition, EditionRecord
    from survey.model.told import Heard
    from survey.statistics.tallying import Tallying
    from survey.storage.connection import Connection

TEXT_ID_BYTES = 16
READ_TOGETHER = 100
"""Boxes in memory at once."""


class OpeningUrn:
    """The boxes of an edition, opened one after the other."""

    def __init__(self, inst: Installation, record: EditionRecord) -> None:
        self._inst = inst
        self._record = record
        self._key = UrnKey(inst.keys.private_key(record.id), record.id)
        self.slots: list[str] = []
        """Where the boxes lay that were looked at."""
        self.opened = 0

    @property
    def unopenable(self) -> int:
        """How many of them did not open."""
        return len(self.slots) - self.opened

    def responses(self) -> Iterator[Heard]:
        """What is in the boxes, ordered by slot: shuffled already."""
        listener = Listener(self._record.edition)
        for slot, box in self._boxes():
            self.slots.append(slot)
            try:
                heard = listener.hear(decode_rows(self._key.open_box(slot, box)))
            except (BoxUnopenable, TypeError, ValueError):
                continue
            if listener.is_lawful(heard):
                self.opened += 1
                yield heard

    def _boxes(self) -> Iterator[tuple[str, bytes]]:
        connection = self._inst.database.read()
        slot = ""
        while found := boxes.behind(connection, self._record.id, slot, most=READ_TOGETHER):
            yield from found
            slot = found[-1][0]


def whole_urn(inst: Installation, record: EditionRecord) -> OpeningUrn:
    """The urn, whole and undisturbed, ready to be opened."""
    with foreign_errors():
        state = boxes.state(inst.database.read(), record.id)
    inst.witness().compare(record.id, lambda: boxes.count(inst.database.read(), record.id))
    if not state.agrees:
        raise CountRefused(
            problem(
                "%(answered)d Personen haben geantwortet, in der Urne liegen aber %(boxes)d Umschläge.",
                answered=state.has_answered + state.remembered + state.open_boxes,
                boxes=state.boxes,
            )
        )
    return OpeningUrn(inst, record)


def marked_texts(
    inst: Installation, record: EditionRecord, tallied: Tallying
) -> tuple[KeptText, ...]:
    """Each text under a random id, with marks made while the names are still known."""
    edition = record.edition
    people = participants.of_edition(inst.database.read(), record.id)
    names = name_index(
        (
            *(person.name for person in people),
            *(without_role(s) for session in edition.programme.sessions for s in session.speakers),
            *_own_names(edition),
        )
    )
    return tuple(
        KeptText(
            inst.random_bytes(TEXT_ID_BYTES).hex(),
            text.session,
            text.item,
            text.text,
            find_marks(text.text, names),
        )
        for text in tallied.texts
    )


def _own_names(edition: Edition) -> tuple[str, ...]:
    """Names among what the organisers call themselves: the event's own words are nobody's name."""
    own = set(f"{edition.title} {edition.series} {edition.organisation}".casefold().split())
    told = f"{edition.contact_name} {edition.sender_name}".split()
    return tuple(word for word in told if word.casefold() not in own)


def session_totals(
    connection: Connection, record: EditionRecord, tallied: Tallying, invited: int
) -> dict[str, SessionTotal]:
    """Per session: how many were to be there, were absent, came in addition, and answered."""
    booked = after_count.booked_by_session(connection, record.id)
    found: dict[str, SessionTotal] = {}
    for code, attendance in tallied.attendance.items():
        session = record.edition.programme.session(code)
        people = answered = invited
        if session.is_booked:
            own = booked.get(code, after_count.Booked(0, 0))
            people, answered = own.people, own.answered
        if code in tallied.withheld_sessions:
            found[code] = SessionTotal(people, 0, 0, attendance.answered)
            continue
        absent = min(attendance.absent, answered)
        # Who came without having booked shows where more were there than had booked and answered.
        elsewhere = max(attendance.swapped, attendance.present - (answered - absent), 0)
        found[code] = SessionTotal(people, absent, elsewhere, attendance.answered)
    return found
