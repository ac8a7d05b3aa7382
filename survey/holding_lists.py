"""Use case: an uploaded list is held for an hour at most, between the steps from file to registrations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.model.list_choices import ListChoices, choices_from_text
from survey.registering import require_before_count
from survey.storage import editions, held_lists

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.import_plan import ImportPlan
    from survey.model.invitation import Participant
    from survey.storage.connection import Connection

HELD_FOR = timedelta(hours=1)
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class HeldList:
    """One uploaded list with what has been chosen about it."""

    id: str
    file_name: str
    content: bytes
    choices: ListChoices


def hold_list(
    inst: Installation, name: str, *, account: str, file_name: str, content: bytes
) -> None:
    """The list is held, in place of one that the account held before; NotAllowed once the count has started."""
    list_id = inst.random_bytes(_ID_BYTES).hex()

    def work(connection: Connection) -> None:
        record = require_before_count(connection, name)
        held = held_lists.HeldList(
            record.id, account, list_id, file_name, content, ListChoices().to_text()
        )
        held_lists.put(connection, held, expires=inst.clock() + HELD_FOR)

    inst.database.write(work)


def held_list(inst: Installation, name: str, *, account: str) -> HeldList | None:
    """The list that the account holds for the edition; None if there is none, or its hour is over."""
    connection = inst.database.read()
    record = editions.require(connection, name)
    found = held_lists.find(connection, record.id, account=account, now=inst.clock())
    if found is None:
        return None
    return HeldList(found.id, found.file_name, found.content, choices_from_text(found.choices))


def choose(
    inst: Installation, name: str, *, account: str, held: HeldList, choices: ListChoices
) -> None:
    """The choices are kept; NotAllowed if the account has uploaded another list since."""

    def work(connection: Connection) -> None:
        record = editions.require(connection, name)
        found = held_lists.find(connection, record.id, account=account, now=inst.clock())
        if found is None or found.id != held.id:
            raise NotAllowed(
                problem("Diese Liste ist nicht mehr da. Laden Sie sie noch einmal hoch.")
            )
        held_lists.set_choices(connection, found, choices=choices.to_text())

    inst.database.write(work)


def drop_list(inst: Installation, name: str, *, account: str) -> None:
    """The list is gone from the server."""

    def work(connection: Connection) -> None:
        record = editions.require(connection, name)
        held_lists.delete(connection, record.id, account=account)

    inst.database.write(work)


def delete_expired_lists(inst: Installation) -> int:
    """How many lists had been held for their hour and are gone."""
    return inst.database.write(lambda c: held_lists.delete_expired(c, inst.clock()))


def shown_as(plan: ImportPlan) -> str:
    """Changes whenever a plan would do something else; whether people have answered is no part of it."""
    digest = hashlib.sha256()
    for registration in plan.added:
        digest.update(repr(registration).encode())
    for change in plan.changed:
        digest.update(_told(change.before) + _told(change.after))
    for person in plan.withdrawn:
        digest.update(_told(person))
    return digest.hexdigest()[:16]


def _told(person: Participant) -> bytes:
    told = (
        person.id,
        person.address,
        person.name,
        person.language,
        person.number,
        *person.sessions,
        str(person.is_no_show),
        str(person.is_withdrawn),
    )
    return "\x1f".join(told).encode() + b"\x1e"
