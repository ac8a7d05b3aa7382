"""Claiming what is due before it is sent: who gets a mail, and the hash of its link, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.access.links import SECRET_BYTES, link_hash
from survey.errors import NotFound
from survey.mail.fingerprints import address_fingerprint, domain_fingerprint, person_fingerprint
from survey.mail.selection import Skip, why_skip
from survey.mail.warm_start import WarmStart
from survey.model.duration import minutes_to_answer
from survey.model.event import GRACE
from survey.model.invitation import Campaign
from survey.model.personal_form import asked_sessions, personal_form
from survey.storage import (
    bookings,
    domain_rests,
    editions,
    links,
    mail_texts,
    outbox,
    suppressions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.model.event import EditionRecord
    from survey.model.mail_words import OwnWords
    from survey.storage.connection import Connection
    from survey.storage.outbox import DueMail
    from survey.storage.suppressions import Cause

MAILS_PER_LEASE = 50
MAILS_PER_LEASE_IF_QUICK = 200
"""Where mails leave so fast that each of them leaves within a second after it was looked at."""
FEW_SUPPRESSIONS = 500
"""So many are read at once rather than asked for one by one."""
AFTER_CLOSING = frozenset({Campaign.THANKS, Campaign.RESULTS})
"""Mails without a link to the form."""
UNTIL_SURE = timedelta(hours=1)
"""After which a mail is looked at again whose edition the clock calls closed."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A claimed mail with all that is needed to write it."""

    mail: DueMail
    record: EditionRecord
    minutes: int
    secret: bytes | None = field(repr=False)
    own_words: OwnWords | None = None

    @property
    def domain(self) -> str:
        """Whose mail server it goes to."""
        return self.mail.address.rpartition("@")[2].casefold()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one look into the outbox brought."""

    leased: tuple[Leased, ...] = ()
    skipped: int = 0
    put_off: int = 0


class Durations:
    """How long the form takes, by what somebody booked: the people of an edition share a few dozen forms."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, frozenset[str]], int] = {}
        self._by_form: dict[tuple[str, int, frozenset[str]], int] = {}

    def minutes(self, record: EditionRecord, booked: frozenset[str]) -> int:
        """The minutes that a form with these sessions takes."""
        bookings_made = (record.id, record.revision, booked)
        if bookings_made not in self._known:
            asked = asked_sessions(record.edition, booked)
            form = (record.id, record.revision, asked)
            if form not in self._by_form:
                self._by_form[form] = minutes_to_answer(personal_form(record.edition, asked))
            self._known[bookings_made] = self._by_form[form]
        return self._known[bookings_made]


def lease(inst: Installation, durations: Durations, *, most: int = MAILS_PER_LEASE) -> Batch:
    """The next mails, claimed, with their links' hashes committed; how many people get none, and how many wait."""
    now = inst.clock()
    secrets = [inst.random_bytes(SECRET_BYTES) for _ in range(most)]

    def work(connection: Connection) -> Batch:
        leased: list[Leased] = []
        skipped = put_off = 0
        rests = domain_rests.resting(connection, now)
        if domain_rests.RELAY in rests:
            return Batch()
        warming = WarmStart(connection, now)
        records: dict[str, EditionRecord] = {}
        written: dict[str, Mapping[tuple[Campaign, Language], OwnWords]] = {}
        suppressed = _Suppressed(inst, connection)
        for mail, secret in zip(outbox.due(connection, now, most=most), secrets, strict=False):
            if mail.edition not in records:
                records[mail.edition] = _record(connection, mail.edition)
                written[mail.edition] = mail_texts.of_edition(connection, mail.edition)
            record = records[mail.edition]
            skip = why_skip(mail, record, now, suppressed=suppressed.cause(mail, record))
            # The clock may run ahead: when it is put right, the mail leaves after all.
            is_unsure = skip is Skip.NOT_OPEN and not _is_surely_past(record, now)
            if skip is not None and not is_unsure:
                outbox.cancel(connection, mail, reason=skip)
                skipped += 1
                continue
            resting = rests.get(domain_fingerprint(inst, mail.address)) if rests else None
            rest = now + UNTIL_SURE if is_unsure else resting
            if rest is not None:
                outbox.put_off(connection, mail, until=rest)
                put_off += 1
                continue
            if not warming.lets_leave(mail):
                continue
            minutes = 0
            is_form = mail.campaign not in AFTER_CLOSING
            if is_form:
                booked = bookings.of_participant(connection, mail.edition, mail.participant)
                minutes = durations.minutes(record, booked)
            own_words = written[mail.edition].get((mail.campaign, mail.language))
            leased.append(Leased(mail, record, minutes, secret if is_form else None, own_words))
        outbox.lease(connection, [one.mail for one in leased])
        links.insert_all(connection, (_link(one.mail, one.secret) for one in leased if one.secret))
        put_off += warming.put_off_the_rest({(one.record.id, one.mail.campaign) for one in leased})
        return Batch(tuple(leased), skipped, put_off)

    return inst.database.write(work)


def _link(mail: DueMail, secret: bytes) -> tuple[str, str, str, Campaign]:
    return mail.edition, link_hash(mail.edition, secret), mail.participant, mail.campaign


class _Suppressed:
    """Who gets no more mail from an organisation, as the transaction sees it."""

    def __init__(self, inst: Installation, connection: Connection) -> None:
        self._inst = inst
        self._connection = connection
        self._few: dict[str, frozenset[tuple[str, Cause]] | None] = {}

    def cause(self, mail: DueMail, record: EditionRecord) -> Cause | None:
        """Why the person gets none; None if they do."""
        organisation = record.edition.organisation
        if organisation not in self._few:
            self._few[organisation] = suppressions.of_organisation(
                self._connection, organisation, most=FEW_SUPPRESSIONS
            )
        few = self._few[organisation]
        if few is not None and not few:
            return None
        fingerprints: tuple[tuple[str, Cause], ...] = (
            (address_fingerprint(self._inst, record, mail.address), "bounce"),
            (person_fingerprint(self._inst, record, mail.address, mail.name), "opt_out"),
        )
        if few is None:
            return suppressions.holds(self._connection, organisation, fingerprints=fingerprints)
        return next((cause for found, cause in fingerprints if (found, cause) in few), None)


def _is_surely_past(record: EditionRecord, now: datetime) -> bool:
    """False if the deadline is long past by a clock that nobody has watched pass it."""
    return record.closes is None or record.is_surely_closed or now < record.closes + GRACE


def _record(connection: Connection, edition_id: str) -> EditionRecord:
    record = editions.find_by_id(connection, edition_id)
    if record is None:
        raise NotFound("edition", edition_id)
    return record


def release(inst: Installation, leased: tuple[Leased, ...]) -> None:
    """Give back mails that were claimed and not tried."""
    if not leased:
        return

    def work(connection: Connection) -> None:
        for one in leased:
            outbox.release(connection, one.mail)

    inst.database.write(work)
