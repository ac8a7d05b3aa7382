"""The disk: what a person needs while their congress is open, an answer until the count, a congress afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.counted_congresses import congress_number, counted, store_counted
from bench.large_congress import installation
from bench.open_congress import congress_of_25_questions
from bench.table import Cost
from survey.access.links import SECRET_BYTES, link_hash
from survey.inviting import invite
from survey.model.invitation import Campaign, Registration
from survey.registering import apply_import, list_participants, plan_import
from survey.storage import boxes, links
from survey.storage.whole_database import compact
from tests.events import DEADLINE
from tests.people import store_edition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.table import Finding
    from survey.installation import Installation
    from survey.storage.connection import Connection

PEOPLE = 1_000
MAILS = (Campaign.INVITATION, Campaign.REMINDER_1, Campaign.THANKS)
"""Each brings a fresh link; who gets a second reminder has one more."""


def measure(*, quick: bool) -> Iterable[Finding]:
    """Bytes of the database file, as they grow; the same with many people as with fewer."""
    people = PEOPLE // 4 if quick else PEOPLE
    with installation() as (inst, _):
        empty = _bytes(inst)
        record = store_edition(inst, congress_of_25_questions(DEADLINE))
        found = [
            Registration(
                f"vorname.nachname{n:05}@musterverwaltung.example",
                f"Vorname Nachname {n:05}",
                line=n,
            )
            for n in range(people)
        ]
        apply_import(inst, record.name, plan_import(inst, record.name, found, add_only=False))
        invite(inst, record.name)
        _link(inst, record.id, [person.id for person in list_participants(inst, record.name)])
        invited = _bytes(inst)
        size = record.edition.box_size

        def answer(connection: Connection) -> None:
            for _ in range(people):
                slot, box = inst.random_bytes(32).hex(), inst.random_bytes(size)
                boxes.insert(connection, record.id, slot, box)

        inst.database.write(answer)
        answered = _bytes(inst)
    yield Cost("person.disk", (invited - empty) / people, "bytes", "a person with three mails")
    yield Cost("answer.disk", (answered - invited) / people, "bytes", "an answer until the count")
    with installation() as (inst, _):
        empty = _bytes(inst)
        store_counted(inst, congress_number(0), counted(people, seed=0).tallying)
        yield Cost("counted.disk", float(_bytes(inst) - empty), "bytes", "a counted congress")


def _link(inst: Installation, edition: str, people: list[str]) -> None:
    def work(connection: Connection) -> None:
        for person in people:
            for campaign in MAILS:
                links.insert(
                    connection,
                    edition,
                    hashed=link_hash(edition, inst.random_bytes(SECRET_BYTES)),
                    participant=person,
                    campaign=campaign,
                )

    inst.database.write(work)


def _bytes(inst: Installation) -> int:
    compact(inst.database)
    return inst.settings.database.stat().st_size
