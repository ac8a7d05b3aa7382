"""Use case: invitations, reminders, thanks, requested links, opt-outs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import LinkUnknown, NotAllowed, NotFound, problem
from survey.mail.fingerprints import address_fingerprint
from survey.model.event import EditionState
from survey.model.invitation import Campaign, Delivery, Participant
from survey.model.schedule import BETWEEN_MAILS, LAST_HOUR
from survey.preparing import opened_for_answers
from survey.storage import (
    bounces,
    campaigns,
    deeds,
    editions,
    link_requests,
    outbox,
    participants,
    public_pages,
    suppressions,
)
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

LINKS_PER_DAY = 3
_NEVER_ARRIVED = frozenset({Delivery.FAILED, Delivery.CANCELLED})


def invite(inst: Installation, name: str, only: tuple[str, ...] | None = None) -> int:
    """How many invitations are queued: to all who have none yet, or to these people; the first opens the edition."""
    message_ids = _MessageIds(inst)
    now = inst.clock()
    record = editions.require(inst.database.read(), name)
    if record.state(now) is EditionState.PLANNED:
        inst.keys.prove(record.id, record.public_key)

    def work(connection: Connection) -> int:
        record = editions.require(connection, name)
        everybody = [
            p for p in participants.of_edition(connection, record.id) if _may_be_invited(p)
        ]
        if not everybody:
            raise NotAllowed(
                problem("Es ist noch niemand angemeldet. Lesen Sie zuerst die Anmeldeliste ein.")
            )
        people = everybody
        if only is not None:
            people = [p for p in everybody if p.id in set(only)]
            for missing in set(only) - {p.id for p in people}:
                raise NotFound("participant", missing)
        record = opened_for_answers(connection, record, now, invited=len(everybody))
        campaigns.start(connection, record.id, kind=Campaign.INVITATION, started=now)
        again = _NEVER_ARRIVED if only is not None else frozenset({Delivery.CANCELLED})
        queued = _queue(
            connection, record, people, campaign=Campaign.INVITATION, again=again, ids=message_ids
        )
        deeds.write_deed(
            connection, "invitations queued", at=now, edition=record.id, facts={"mails": queued}
        )
        return queued

    return inst.database.write(work)


def to_be_invited(inst: Installation, record: EditionRecord) -> int:
    """How many people would get an invitation now."""
    with foreign_errors():
        connection = inst.database.read()
        states = outbox.states(connection, record.id, Campaign.INVITATION)
        return sum(
            states.get(person.id, Delivery.CANCELLED) is Delivery.CANCELLED
            for person in participants.of_edition(connection, record.id)
            if _may_be_invited(person)
        )


def invite_again(inst: Installation, name: str, participant_id: str) -> None:
    """One person gets the invitation once more, with a fresh link, whether they have answered or not.

    NotAllowed if they get no mail, or one is still on its way. A bounce of their address is forgotten.
    """
    message_ids = _MessageIds(inst)
    now = inst.clock()

    def work(connection: Connection) -> None:
        record = editions.require(connection, name)
        person = participants.find(connection, record.id, participant_id)
        if person is None:
            raise NotFound("participant", participant_id)
        if record.state(now) is not EditionState.OPEN:
            raise NotAllowed(problem("Einladen können Sie nur, solange die Befragung offen ist."))
        # Before anything that looks at answers: the refusal must be the same for everybody.
        if person.is_withdrawn or person.has_opted_out or person.is_no_show:
            raise NotAllowed(problem("Diese Person bekommt keine Mails zu dieser Veranstaltung."))
        suppressions.lift(
            connection,
            record.edition.organisation,
            fingerprint=address_fingerprint(inst, record, person.address),
            cause="bounce",
        )
        bounces.forget_soft(connection, record.id, person.id)
        again = _NEVER_ARRIVED | {Delivery.HANDED_OVER}
        if not _queue(
            connection,
            record,
            (person,),
            campaign=Campaign.INVITATION,
            again=again,
            ids=message_ids,
        ):
            raise NotAllowed(problem("Eine Mail an diese Person ist noch unterwegs."))
        for campaign in Campaign:
            # What failed before is no trouble any longer; the new invitation will say.
            if campaign is not Campaign.INVITATION:
                outbox.forget(connection, record.id, participant=person.id, campaign=campaign)
        deeds.write_deed(connection, "invitation sent again", at=now, edition=record.id)

    inst.database.write(work)


def remind(inst: Installation, name: str) -> int:
    """How many people were invited and may get this reminder; who gets it is decided when it is sent."""
    message_ids = _MessageIds(inst)
    now = inst.clock()

    def work(connection: Connection) -> int:
        record = editions.require(connection, name)
        kind = _next_reminder(record, campaigns.of_edition(connection, record.id), now)
        campaigns.start(connection, record.id, kind=kind, started=now)
        people = _invited(connection, record)
        queued = _queue(
            connection, record, people, campaign=kind, again=frozenset(), ids=message_ids
        )
        deeds.write_deed(
            connection, "reminder queued", at=now, edition=record.id, facts={"mails": queued}
        )
        return queued

    return inst.database.write(work)


def thank(inst: Installation, name: str) -> int:
    """How many thanks are queued: to everybody invited, whether they answered or not, once the edition is closed."""
    message_ids = _MessageIds(inst)
    now = inst.clock()

    def work(connection: Connection) -> int:
        record = editions.require(connection, name)
        if record.state(now) not in {EditionState.CLOSED, EditionState.COUNTED}:
            raise NotAllowed(problem("Danken können Sie erst, wenn die Befragung geschlossen ist."))
        if record.addresses_deleted is not None:
            raise NotAllowed(problem("Die Adressen sind schon gelöscht."))
        campaigns.start(connection, record.id, kind=Campaign.THANKS, started=now)
        queued = _queue(
            connection,
            record,
            _invited(connection, record),
            campaign=Campaign.THANKS,
            again=frozenset({Delivery.CANCELLED}),
            ids=message_ids,
        )
        deeds.write_deed(
            connection, "thanks queued", at=now, edition=record.id, facts={"mails": queued}
        )
        return queued

    return inst.database.write(work)


def tell_results(inst: Installation, name: str) -> int:
    """How many mails about the results are queued: to everybody invited, once their public page can be read."""
    message_ids = _MessageIds(inst)
    now = inst.clock()

    def work(connection: Connection) -> int:
        record = editions.require(connection, name)
        if record.addresses_deleted is not None:
            raise NotAllowed(problem("Die Adressen sind schon gelöscht."))
        page = public_pages.find(connection, record.id)
        if record.counted is None or page is None or page.visible_from > now:
            raise NotAllowed(
                problem(
                    "Von den Ergebnissen können Sie erst schreiben, wenn sie veröffentlicht sind."
                )
            )
        campaigns.start(connection, record.id, kind=Campaign.RESULTS, started=now)
        queued = _queue(
            connection,
            record,
            _invited(connection, record),
            campaign=Campaign.RESULTS,
            again=frozenset({Delivery.CANCELLED}),
            ids=message_ids,
        )
        deeds.write_deed(
            connection, "results mails queued", at=now, edition=record.id, facts={"mails": queued}
        )
        return queued

    return inst.database.write(work)


def send_failed_again(inst: Installation, name: str, kind: Campaign) -> int:
    """How many mails of that kind that failed are queued again; an address that does not exist gets none."""
    message_ids = _MessageIds(inst)
    now = inst.clock()

    def work(connection: Connection) -> int:
        record = editions.require(connection, name)
        states = outbox.states(connection, record.id, kind)
        failed = [
            person
            for person in participants.of_edition(connection, record.id)
            if states.get(person.id) is Delivery.FAILED
        ]
        queued = _queue(
            connection,
            record,
            failed,
            campaign=kind,
            again=frozenset({Delivery.FAILED}),
            ids=message_ids,
        )
        deeds.write_deed(
            connection,
            "failed mails queued again",
            at=now,
            edition=record.id,
            facts={"campaign": kind.value},
        )
        return queued

    return inst.database.write(work)


def request_link(inst: Installation, edition_name: str, address: str) -> None:
    """Everybody with that address gets a fresh link by mail, a few times a day; the caller learns nothing."""
    message_ids = _MessageIds(inst)
    now = inst.clock()
    today = now.astimezone(inst.settings.zone).date()

    def work(connection: Connection) -> None:
        record = editions.find(connection, edition_name)
        if record is None or record.state(now) is not EditionState.OPEN:
            return
        asked = link_requests.people_at(connection, record.id, address.strip())
        states = outbox.states(connection, record.id, Campaign.LINK_REQUEST)
        for participant in asked:
            request = link_requests.count(connection, record.id, participant=participant, day=today)
            if request > LINKS_PER_DAY:
                continue
            key = {"edition": record.id, "participant": participant}
            if participant not in states:
                mail = {
                    **key,
                    "campaign": Campaign.LINK_REQUEST.value,
                    "message_id": message_ids(record),
                }
                outbox.put(connection, [mail])
            else:
                # One that is still on its way stays as it is; one that has left is queued as a new mail.
                outbox.put_again(
                    connection,
                    record.id,
                    participant=participant,
                    campaign=Campaign.LINK_REQUEST,
                    message_id=message_ids(record),
                )

    inst.database.write(work)


def opt_out(inst: Installation, token: str) -> None:
    """The person gets no more mail about this edition; LinkForged or LinkUnknown if the link is not theirs."""
    link = inst.links.read_opt_out_token(token)

    def work(connection: Connection) -> None:
        record = editions.find(connection, link.edition_name)
        if record is None or not participants.set_opted_out(
            connection, record.id, link.participant_id
        ):
            raise LinkUnknown

    inst.database.write(work)


def _next_reminder(
    record: EditionRecord, started: Mapping[Campaign, object], now: datetime
) -> Campaign:
    if record.state(now) is not EditionState.OPEN or record.closes is None:
        raise NotAllowed(problem("Erinnern können Sie nur, solange die Befragung offen ist."))
    if now > record.closes - LAST_HOUR:
        raise NotAllowed(problem("In der letzten Stunde wird niemand mehr erinnert."))
    moments = [c.started for c in started.values() if isinstance(c, campaigns.StartedCampaign)]
    if moments and now - max(moments) < BETWEEN_MAILS:
        raise NotAllowed(problem("Zwischen zwei Mails liegen mindestens 48 Stunden."))
    for kind in (Campaign.REMINDER_1, Campaign.REMINDER_2):
        if kind not in started:
            return kind
    raise NotAllowed(problem("Es wurde schon zweimal erinnert. Mehr Erinnerungen gibt es nicht."))


def _may_be_invited(person: Participant) -> bool:
    # Never by whether they have answered: organisers see how many would be invited.
    return not (person.is_withdrawn or person.has_opted_out or person.is_no_show)


def _invited(connection: Connection, record: EditionRecord) -> list[Participant]:
    states = outbox.states(connection, record.id, Campaign.INVITATION)
    return [
        person
        for person in participants.of_edition(connection, record.id)
        if person.id in states and states[person.id] not in _NEVER_ARRIVED
    ]


def _queue(
    connection: Connection,
    record: EditionRecord,
    people: Sequence[Participant],
    *,
    campaign: Campaign,
    again: frozenset[Delivery],
    ids: _MessageIds,
) -> int:
    states = outbox.states(connection, record.id, campaign)
    new = [p for p in people if p.id not in states]
    outbox.put(
        connection,
        [
            {
                "edition": record.id,
                "participant": person.id,
                "campaign": campaign.value,
                "message_id": ids(record),
            }
            for person in new
        ],
    )
    repeated = [p for p in people if states.get(p.id) in again]
    for person in repeated:
        outbox.put_again(
            connection,
            record.id,
            participant=person.id,
            campaign=campaign,
            message_id=ids(record),
        )
    return len(new) + len(repeated)


class _MessageIds:
    """Fresh Message-IDs; they say nothing about the person."""

    def __init__(self, inst: Installation) -> None:
        self._inst = inst

    def __call__(self, record: EditionRecord) -> str:
        domain = record.edition.sender.rpartition("@")[2]
        domain = domain.encode("idna").decode("ascii")
        return f"<{self._inst.random_bytes(16).hex()}@{domain}>"
