"""Use case: one person of an edition, seen, put right, invited again; never whether they have answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.inviting import invite
from survey.mail.fingerprints import address_fingerprint, person_fingerprint
from survey.mail.selection import REMINDERS
from survey.model.event import EditionState
from survey.model.import_plan import identity_of
from survey.model.invitation import Campaign, Delivery
from survey.model.known_person import PeopleCounts, Undeliverable, known
from survey.registering import (
    apply_import,
    identity_of_person,
    plan_import,
    require_address_may_change,
    require_before_count,
)
from survey.storage import bounces, deeds, editions, outbox, participants, suppressions
from survey.storage.connection import CONSTRAINT_BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal

    from survey.errors import Problem
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.invitation import Participant, Registration
    from survey.model.known_person import KnownPerson
    from survey.storage.connection import Connection

SHOWN = tuple(campaign for campaign in Campaign if campaign not in REMINDERS)
"""A reminder goes to those who have not answered: one that came back would name such a person."""
SOFT_BOUNCES_TOLD = 3
"""So many mails given up for now are told."""


def known_people(inst: Installation, name: str) -> tuple[KnownPerson, ...]:
    """The people of the edition, by name; nobody once the addresses are deleted."""
    connection = inst.database.read()
    record = editions.require(connection, name)
    if record.addresses_deleted is not None:
        return ()
    invitations = outbox.states(connection, record.id, Campaign.INVITATION)
    found = (
        known(person, invitations.get(person.id))
        for person in participants.of_edition(connection, record.id)
    )
    return tuple(sorted(found, key=lambda p: (p.called.casefold(), p.address, p.id)))


def matching(people: Sequence[KnownPerson], text: str) -> tuple[KnownPerson, ...]:
    """Those whose address, name or number contains the text."""
    wanted = text.casefold().strip()
    return tuple(
        person
        for person in people
        if any(wanted in part.casefold() for part in (person.address, person.name, person.number))
    )


def known_person(inst: Installation, name: str, person_id: str) -> KnownPerson:
    """That person of the edition; NotFound if there is none, or if the addresses are deleted."""
    connection = inst.database.read()
    record = editions.require(connection, name)
    person = participants.find(connection, record.id, person_id)
    if person is None or record.addresses_deleted is not None:
        raise NotFound("participant", person_id)
    return known(person, outbox.states(connection, record.id, Campaign.INVITATION).get(person_id))


def people_counts(inst: Installation, name: str, people: Sequence[KnownPerson]) -> PeopleCounts:
    """How many these people of the edition are, and how many of them get no mail."""
    return PeopleCounts(
        registered=sum(not p.is_withdrawn for p in people),
        withdrawn=sum(p.is_withdrawn for p in people),
        opted_out=sum(p.has_opted_out for p in people),
        no_shows=sum(p.is_no_show and not p.is_withdrawn for p in people),
        undeliverable=len(undeliverable(inst, name)),
    )


def undeliverable(inst: Installation, name: str) -> tuple[Undeliverable, ...]:
    """Whom mails did not reach, until the address is put right, another mail is sent, or the person withdrawn.

    While a reminder goes only to those who have not answered, nothing here comes from a reminder.
    """
    connection = inst.database.read()
    record = editions.require(connection, name)
    reasons: dict[str, str] = {}
    for mail in bounces.failed_mails(connection, record.id):
        if mail.campaign in shown_campaigns(record):
            reasons.setdefault(mail.participant, mail.reason)
    if not reasons:
        return ()
    return tuple(
        Undeliverable(person, reasons[person.id])
        for person in known_people(inst, name)
        if person.id in reasons and not person.is_withdrawn
    )


def shown_campaigns(record: EditionRecord) -> tuple[Campaign, ...]:
    """Kinds of mail of which everybody may know to whom they went."""
    return tuple(Campaign) if record.size_class == "small" else SHOWN


def mail_stop(
    inst: Installation, name: str, person: KnownPerson
) -> Literal["opt_out", "bounce"] | None:
    """Why the organisation's mails do not reach the person, whatever the edition says; None if that is not known.

    A reminder that came back would tell who has not answered: of a person whose invitation did arrive, a bounce is
    not told.
    """
    connection = inst.database.read()
    record = editions.require(connection, name)
    found = suppressions.holds(
        connection,
        record.edition.organisation,
        fingerprints=(
            (person_fingerprint(inst, record, person.address, person.name), "opt_out"),
            (address_fingerprint(inst, record, person.address), "bounce"),
        ),
    )
    return None if found == "bounce" and has_arrived(person) else found


def has_arrived(person: KnownPerson) -> bool:
    """True if the invitation did not come back."""
    return person.invitation in {Delivery.HANDED_OVER, Delivery.UNKNOWN}


def correct(
    inst: Installation, name: str, person_id: str, *, registration: Registration, seen: str
) -> None:
    """The person as typed; NotAllowed if somebody changed them since they were `seen`, or they are there already."""

    def work(connection: Connection) -> None:
        record = require_before_count(connection, name)
        before = _require(connection, record, person_id)
        if known(before).seen != seen:
            raise NotAllowed(
                problem(
                    "Diese Angaben hat inzwischen jemand anders geändert. Sehen Sie nach, und speichern Sie dann "
                    "noch einmal."
                )
            )
        after = replace(
            before,
            address=registration.address,
            name=registration.name,
            language=registration.language,
            number=registration.number,
            sessions=tuple(sorted(registration.sessions)),
        )
        if after.address != before.address:
            require_address_may_change(connection, record, before)
        participants.update(connection, after, identity=identity_of_person(after))
        if after.address != before.address:
            _start_afresh(connection, inst, record, after)
        deeds.write_deed(connection, "participant corrected", at=inst.clock(), edition=record.id)

    try:
        inst.database.write(work)
    except CONSTRAINT_BROKEN as error:
        raise NotAllowed(_already_registered()) from error


def register_late(inst: Installation, name: str, registration: Registration) -> str:
    """The id of a person who is added alone, and invited alone where the edition is open; NotAllowed if known."""
    plan = plan_import(inst, name, (registration,), add_only=True)
    if not plan.added and not any(change.before.is_withdrawn for change in plan.changed):
        raise NotAllowed(_already_registered())
    apply_import(inst, name, plan)
    connection = inst.database.read()
    record = editions.require(connection, name)
    if plan.added:
        identity = identity_of(
            number=registration.number, address=registration.address, name=registration.name
        )
        person_id = participants.identities(connection, record.id)[identity]
    else:
        person_id = plan.changed[0].before.id
    person = known_person(inst, name, person_id)
    if person.may_get_mail and record.state(inst.clock()) is EditionState.OPEN:
        invite(inst, name, (person_id,))
    return person_id


def register_again(inst: Installation, name: str, person_id: str) -> None:
    """A withdrawn person is registered again; nobody is sent anything by this."""
    _change(inst, name, person_id, _registered, deed="participant registered again")


def note_no_show(inst: Installation, name: str, person_id: str) -> None:
    """The person was not there: no more mail, and not counted among those asked."""
    _change(inst, name, person_id, _absent, deed="no-show noted")


def note_attended(inst: Installation, name: str, person_id: str) -> None:
    """The person was there after all."""
    _change(inst, name, person_id, _present, deed="attendance noted")


def note_opt_out(inst: Installation, name: str, person_id: str) -> None:
    """The person has said to the organisers that they want no mail about this edition."""
    _change(inst, name, person_id, _opted_out, deed="opt-out noted")


def _change(
    inst: Installation,
    name: str,
    person_id: str,
    change: Callable[[Participant], Participant],
    *,
    deed: str,
) -> None:
    def work(connection: Connection) -> None:
        record = require_before_count(connection, name)
        person = change(_require(connection, record, person_id))
        participants.update(connection, person, identity=identity_of_person(person))
        deeds.write_deed(connection, deed, at=inst.clock(), edition=record.id)

    inst.database.write(work)


def _registered(person: Participant) -> Participant:
    return replace(person, is_withdrawn=False)


def _absent(person: Participant) -> Participant:
    return replace(person, is_no_show=True)


def _present(person: Participant) -> Participant:
    return replace(person, is_no_show=False)


def _opted_out(person: Participant) -> Participant:
    return replace(person, has_opted_out=True)


def _require(connection: Connection, record: EditionRecord, person_id: str) -> Participant:
    person = participants.find(connection, record.id, person_id)
    if person is None:
        raise NotFound("participant", person_id)
    return person


def _start_afresh(
    connection: Connection, inst: Installation, record: EditionRecord, person: Participant
) -> None:
    """What came back at the old address does not count for the new one."""
    for campaign in Campaign:
        outbox.forget(connection, record.id, participant=person.id, campaign=campaign)
    bounces.forget_soft(connection, record.id, person.id)
    suppressions.lift(
        connection,
        record.edition.organisation,
        fingerprint=address_fingerprint(inst, record, person.address),
        cause="bounce",
    )


def _already_registered() -> Problem:
    return problem("Diese Person ist schon angemeldet.")
