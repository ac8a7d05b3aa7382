"""Use case: what is held on a person is told to them, or deleted; in one edition or at an address in all of them.

Whether they have answered is not told here: organisers hand this out, and nobody is to learn it from them. The
person's own link says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.correcting import known_people, known_person, mail_stop
from survey.errors import NotFound
from survey.keeping.retention import people_expire
from survey.model.invitation import Campaign
from survey.registering import delete, delete_and_suppress
from survey.storage import editions, link_requests, outbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Literal

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.known_person import KnownPerson


@dataclass(frozen=True, slots=True)
class HeldOnPerson:
    """Everything one edition holds on one person, as far as it may be told through organisers' hands."""

    record: EditionRecord
    person: KnownPerson
    mails: tuple[Campaign, ...]
    """Kinds of mail intended for the person; of a reminder not whether it was sent: that would tell who answered."""
    stop: Literal["opt_out", "bounce"] | None
    """Why no mail of the organisation reaches the person, if so."""
    links_asked_for: int
    """New links asked for on the last day on which any were."""
    expires: datetime
    """From when on it is deleted."""


def held_on(inst: Installation, name: str, person_id: str) -> HeldOnPerson:
    """What that edition holds on that person; NotFound if there is no such person."""
    person = known_person(inst, name, person_id)
    connection = inst.database.read()
    record = editions.require(connection, name)
    intended = {campaign for campaign, _ in outbox.message_ids(connection, record.id, person_id)}
    return HeldOnPerson(
        record,
        person,
        tuple(campaign for campaign in Campaign if campaign in intended),
        mail_stop(inst, name, person),
        link_requests.kept(connection, record.id, participant=person_id),
        people_expire(record),
    )


def held_at(inst: Installation, owner: str, address: str) -> tuple[HeldOnPerson, ...]:
    """What all editions of that organisation hold on people with that address, the latest event first."""
    return tuple(
        held_on(inst, name, person.id) for name, person in _people_at(inst, owner, address)
    )


def delete_at(inst: Installation, owner: str, address: str) -> int:
    """How many people with that address were deleted, from all editions of that organisation."""
    return _delete_each(inst, owner, address, delete)


def delete_and_suppress_at(inst: Installation, owner: str, address: str) -> int:
    """The same, and the organisation's mails never reach them again."""
    return _delete_each(inst, owner, address, delete_and_suppress)


def _delete_each(
    inst: Installation,
    owner: str,
    address: str,
    remove: Callable[[Installation, str, str], None],
) -> int:
    people = _people_at(inst, owner, address)
    if not people:
        raise NotFound("participant", "")
    for name, person in people:
        remove(inst, name, person.id)
    return len(people)


def _people_at(inst: Installation, owner: str, address: str) -> tuple[tuple[str, KnownPerson], ...]:
    wanted = address.strip().casefold()
    return tuple(
        (record.name, person)
        for record in editions.of_owner(inst.database.read(), owner)
        for person in known_people(inst, record.name)
        if wanted and person.address.casefold() == wanted
    )
