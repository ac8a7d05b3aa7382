"""Use case: registration list in; people looked up, withdrawn, deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, NotFound, problem
from survey.keeping.deletions import note_deletion
from survey.mail.fingerprints import person_fingerprint, recent_fingerprint
from survey.mail.mail_folder import delete_mails, file_name
from survey.model.import_plan import ImportPlan, identity_of, plan
from survey.model.invitation import Campaign, Delivery, Participant
from survey.storage import (
    deeds,
    editions,
    held_lists,
    outbox,
    participants,
    recent_mails,
    suppressions,
)
from survey.storage.connection import CONSTRAINT_BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.invitation import Registration
    from survey.storage.connection import Connection

ID_BYTES = 8


def plan_import(
    inst: Installation, name: str, registrations: Sequence[Registration], *, add_only: bool
) -> ImportPlan:
    """What a registration list would change; NotAllowed once the count has started."""
    record = require_before_count(inst.database.read(), name)
    known = participants.of_edition(inst.database.read(), record.id)
    return plan(known, registrations, add_only=add_only)


def apply_import(
    inst: Installation, name: str, import_plan: ImportPlan, *, held_by: str = ""
) -> None:
    """Do what the plan says, all of it or nothing; nobody is sent anything by this.

    With it goes the list that this account holds for the edition: it is read or still held, never both.
    """
    ids = [inst.random_bytes(ID_BYTES).hex() for _ in import_plan.added]

    def work(connection: Connection) -> None:
        record = require_before_count(connection, name)
        for change in import_plan.changed:
            now = _require_unchanged(connection, change.before)
            if change.after.address != change.before.address:
                require_address_may_change(connection, record, change.before)
            # Whoever has opted out since the list was looked at has opted out.
            after = replace(change.after, has_opted_out=now.has_opted_out)
            participants.update(connection, after, identity=identity_of_person(after))
            if change.after.address != change.before.address:
                for campaign in Campaign:
                    outbox.forget(
                        connection, record.id, participant=change.after.id, campaign=campaign
                    )
        _add(connection, inst, record, zip(import_plan.added, ids, strict=True))
        for person in import_plan.withdrawn:
            participants.set_withdrawn(connection, record.id, person.id)
        facts = {
            "added": len(import_plan.added),
            "changed": len(import_plan.changed),
            "withdrawn": len(import_plan.withdrawn),
        }
        deeds.write_deed(
            connection, "participants imported", at=inst.clock(), edition=record.id, facts=facts
        )
        if held_by:
            held_lists.delete(connection, record.id, account=held_by)

    try:
        inst.database.write(work)
    except CONSTRAINT_BROKEN as error:
        raise _list_has_moved() from error


def _add(
    connection: Connection,
    inst: Installation,
    record: EditionRecord,
    added: Iterable[tuple[Registration, str]],
) -> None:
    remembered = participants.remembered(connection, record.id)
    for registration, new_id in added:
        person = _new_participant(record, registration, new_id)
        identity = identity_of_person(person)
        fingerprint = inst.links.identity_fingerprint(record.id, identity)
        if fingerprint in remembered:
            # Deleted and registered again: who has answered before cannot answer twice.
            person = replace(person, has_answered=remembered[fingerprint])
            participants.forget_remembered(connection, record.id, fingerprint=fingerprint)
        participants.insert(connection, person, identity=identity)


def require_address_may_change(
    connection: Connection, record: EditionRecord, person: Participant
) -> None:
    """NotAllowed once a mail has arrived: a link sent elsewhere would tell whether this person has answered."""
    for campaign in Campaign:
        state = outbox.states(connection, record.id, campaign).get(person.id)
        if state in {Delivery.HANDED_OVER, Delivery.UNKNOWN, Delivery.LEASED}:
            raise NotAllowed(
                problem(
                    "An %(address)s ist schon eine Mail gegangen. Mit einer anderen Adresse könnte jemand "
                    "nachsehen, ob diese Person geantwortet hat. Löschen Sie die Person, und melden Sie sie mit "
                    "der richtigen Adresse neu an.",
                    address=person.address,
                )
            )


def list_participants(inst: Installation, name: str) -> tuple[Participant, ...]:
    """Everybody registered for the edition, withdrawn people included."""
    record = editions.require(inst.database.read(), name)
    return participants.of_edition(inst.database.read(), record.id)


def find_participants(inst: Installation, name: str, text: str) -> tuple[Participant, ...]:
    """People whose address, name or number contains the text."""
    wanted = text.casefold()
    return tuple(
        person
        for person in list_participants(inst, name)
        if any(wanted in part.casefold() for part in (person.address, person.name, person.number))
    )


def withdraw(inst: Installation, name: str, participant_id: str) -> None:
    """The person is no longer registered: no more mail, and not counted among those asked."""

    def work(connection: Connection) -> None:
        record = require_before_count(connection, name)
        if not participants.set_withdrawn(connection, record.id, participant_id):
            raise NotFound("participant", participant_id)
        deeds.write_deed(connection, "participant withdrawn", at=inst.clock(), edition=record.id)

    inst.database.write(work)


def delete(inst: Installation, name: str, participant_id: str) -> None:
    """Everything held on the person goes; before the count a fingerprint stays, so that nobody answers twice."""
    _note_deletion(inst, name, participant_id)
    mails = inst.database.write(lambda c: _delete(c, inst, name, participant_id)[1])
    delete_mails(inst.settings.mail_folder, mails)


def delete_and_suppress(inst: Installation, name: str, participant_id: str) -> None:
    """The same, and the organisation's mails never reach the person again, however often registered."""

    def work(connection: Connection) -> tuple[str, ...]:
        record = editions.require(connection, name)
        person, mails = _delete(connection, inst, name, participant_id)
        suppressions.add(
            connection,
            record.edition.organisation,
            fingerprint=person_fingerprint(inst, record, person.address, person.name),
            cause="opt_out",
        )
        return mails

    _note_deletion(inst, name, participant_id)
    delete_mails(inst.settings.mail_folder, inst.database.write(work))


def require_before_count(connection: Connection, name: str) -> EditionRecord:
    """The edition whose people can still be changed; NotAllowed once its count or their deletion has begun."""
    record = editions.require(connection, name)
    if record.count_started is not None or record.counted is not None:
        raise NotAllowed(problem("Die Auszählung hat begonnen. Die Anmeldungen stehen jetzt fest."))
    if record.addresses_deleted is not None:
        # Whoever came in now would never be deleted.
        raise NotAllowed(problem("Die Adressen sind schon gelöscht."))
    return record


def _note_deletion(inst: Installation, name: str, participant_id: str) -> None:
    """First, so that restoring an older backup cannot bring the person back."""
    connection = inst.database.read()
    record = editions.require(connection, name)
    if participants.find(connection, record.id, participant_id) is None:
        raise NotFound("participant", participant_id)
    note_deletion(inst.settings, record.id, participant_id)


def _delete(
    connection: Connection, inst: Installation, name: str, participant_id: str
) -> tuple[Participant, tuple[str, ...]]:
    """The person as they were, and the file names of their mails."""
    record = editions.require(connection, name)
    person = participants.find(connection, record.id, participant_id)
    if person is None:
        raise NotFound("participant", participant_id)
    if record.count_started is None and record.counted is None:
        participants.remember(
            connection,
            record.id,
            fingerprint=inst.links.identity_fingerprint(record.id, identity_of_person(person)),
            has_answered=person.has_answered,
        )
    sent = outbox.message_ids(connection, record.id, participant_id)
    participants.delete(connection, record.id, participant_id)
    recent_mails.forget(connection, fingerprint=recent_fingerprint(inst, person.address))
    deeds.write_deed(connection, "participant deleted", at=inst.clock(), edition=record.id)
    mails = tuple(file_name(record.name, campaign, message_id) for campaign, message_id in sent)
    return person, mails


def _new_participant(record: EditionRecord, registration: Registration, new_id: str) -> Participant:
    return Participant(
        edition=record.id,
        id=new_id,
        address=registration.address,
        name=registration.name,
        language=registration.language,
        number=registration.number,
        sessions=tuple(sorted(registration.sessions)),
        has_answered=False,
        is_no_show=registration.attended is False,
        has_opted_out=False,
        is_withdrawn=False,
    )


def identity_of_person(person: Participant) -> str:
    """What registration lists recognise the person by."""
    return identity_of(number=person.number, address=person.address, name=person.name)


def _require_unchanged(connection: Connection, before: Participant) -> Participant:
    now = participants.find(connection, before.edition, before.id)
    # Whether somebody answered or opted out in the meantime is no change of the list.
    if (
        now is None
        or replace(now, has_answered=before.has_answered, has_opted_out=before.has_opted_out)
        != before
    ):
        raise _list_has_moved()
    return now


def _list_has_moved() -> NotAllowed:
    return NotAllowed(
        problem(
            "Die Anmeldungen haben sich inzwischen geändert. Lesen Sie die Liste noch einmal ein."
        )
    )
