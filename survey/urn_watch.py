"""Use case: keys and boxes are looked after until the count, and somebody who has looked into an alarm confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import KeyMissing, NotFound, StorageUnavailable, WitnessMismatch, problem
from survey.storage import boxes, editions, whole_database
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection


def check_urns(inst: Installation) -> tuple[Problem, ...]:
    """Everything that is wrong with keys and urns before the count; `place` names the edition.

    At start and hourly. A lost key bars its form, missing boxes bar the urn, both until they are put right.
    """
    with foreign_errors():
        records = editions.with_keys(inst.database.read())
    return tuple(
        found
        for record in records
        # Once the numbers are written down, boxes are burnt: fewer of them are no alarm.
        if not record.is_tallied
        for found in (*_check_key(inst, record), *_check_boxes(inst, record))
    )


def confirm_urn(inst: Installation, name: str) -> int:
    """A person has looked into the alarm: the boxes that are there now are those to watch over; how many they are."""

    def work(connection: Connection) -> int:
        record = editions.find(connection, name)
        if record is None:
            raise NotFound("edition", name)
        found = boxes.count(connection, record.id)
        facts = {"boxes": found}
        write_deed(connection, "urn confirmed", at=inst.clock(), edition=record.id, facts=facts)
        inst.witness().confirm(record.id, found)
        return found

    found = inst.database.write(work)
    whole_database.confirm_commits(inst.database)
    return found


def _check_key(inst: Installation, record: EditionRecord) -> tuple[Problem, ...]:
    try:
        inst.keys.prove(record.id, record.public_key)
    except KeyMissing:
        return (
            problem(
                "Der Schlüssel der Ausgabe „%(name)s“ fehlt oder passt nicht. Holen Sie ihn aus der "
                "Sicherung der Schlüssel zurück. Bis dahin nimmt das Formular keine Antworten an.",
                place=record.name,
                name=record.name,
            ),
        )
    return ()


def _check_boxes(inst: Installation, record: EditionRecord) -> tuple[Problem, ...]:
    found: list[Problem] = []
    with foreign_errors():
        connection = inst.database.read()
        state = boxes.state(connection, record.id)
        if not state.agrees:
            found.append(
                problem(
                    "Ausgabe „%(name)s“: %(answered)d Personen haben geantwortet, in der Urne liegen "
                    "aber %(boxes)d Umschläge.",
                    place=record.name,
                    name=record.name,
                    answered=state.has_answered + state.remembered + state.open_boxes,
                    boxes=state.boxes,
                )
            )
        try:
            inst.witness().compare(record.id, lambda: boxes.count(connection, record.id))
        except WitnessMismatch as mismatch:
            found.append(
                problem(
                    "Ausgabe „%(name)s“: bezeugt sind %(witnessed)d Umschläge, in der Urne liegen "
                    "%(boxes)d. Die Urne nimmt nichts an, bis jemand das geprüft und bestätigt hat.",
                    place=record.name,
                    name=record.name,
                    witnessed=mismatch.witnessed,
                    boxes=mismatch.found,
                )
            )
        except OSError as error:
            raise StorageUnavailable(str(error)) from error
    return tuple(found)
