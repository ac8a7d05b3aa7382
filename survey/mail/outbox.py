"""Sending what is due: lease, commit, send, write down what became of it.

A fresh link's hash is committed before its mail leaves, and the result right after. A sender that is
killed in between leaves one mail of which nobody knows whether it left: it is sent again, under the
same Message-ID and with another link. So everybody gets a mail, and at most one person gets two.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.errors import MessageError
from typing import TYPE_CHECKING

from survey.access.links import SECRET_BYTES, link_hash
from survey.errors import NotFound, RelayUnreachable
from survey.mail.bounces.sender import bounce_sender
from survey.mail.compose import Letter, compose
from survey.mail.delivery import Outcome
from survey.mail.selection import why_skip
from survey.mail.warm_start import FIRST_WAIT, WarmStart
from survey.model.duration import minutes_to_answer
from survey.model.invitation import Campaign, Delivery
from survey.model.personal_form import asked_sessions, personal_form
from survey.storage import (
    bookings,
    campaigns,
    domain_rests,
    editions,
    links,
    mail_texts,
    outbox,
    recent_mails,
    suppressions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from survey.installation import Installation
    from survey.language.wording import Language
    from survey.mail.compose import ComposedMail
    from survey.mail.delivery import Delivery as Door
    from survey.model.event import EditionRecord
    from survey.model.mail_words import OwnWords
    from survey.storage.connection import Connection
    from survey.storage.outbox import DueMail

MAILS_PER_LEASE = 50
FIRST_WAITS = (FIRST_WAIT, timedelta(minutes=15), timedelta(minutes=60))
"""After the first tries; then hourly."""
MOST_ATTEMPTS = 50
"""With these waits, forty-eight hours."""
BREAKER_SAMPLE = 200
BREAKER_SHARE = 0.05
BREAKER_ALWAYS_ALLOWS = 3
"""Wrong addresses that a small list may have without being stopped."""
RELAY_RESTS = timedelta(minutes=1)
DOMAIN_RESTS = FIRST_WAIT
REFUSED_BEFORE = "paused"
AFTER_CLOSING = frozenset({Campaign.THANKS, Campaign.RESULTS})
"""Mails without a link to the form."""
_OPEN = frozenset({Delivery.DEFERRED, Delivery.UNKNOWN})


@dataclass(frozen=True, slots=True)
class PausedCampaign:
    """A campaign that stopped itself."""

    edition: str
    """Short name."""
    campaign: Campaign
    reason: str
    """The relay's codes, or ``failures``."""


@dataclass(frozen=True, slots=True)
class SendingReport:
    """What one pass did."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    skipped: int = 0
    paused: tuple[PausedCampaign, ...] = ()
    trouble: str = ""
    """Why nothing could be tried any more, if so."""
    is_someone_else_sending: bool = False
    is_relay_resting: bool = False
    """True if the relay asked to be left alone for a while."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """What one look into the outbox brought."""

    leased: tuple[_Leased, ...] = ()
    skipped: int = 0
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class _Settled:
    state: Delivery
    paused: PausedCampaign | None = None


@dataclass(frozen=True, slots=True)
class _Leased:
    mail: DueMail
    record: EditionRecord
    minutes: int
    secret: bytes | None = field(repr=False)
    own_words: OwnWords | None = None

    @property
    def domain(self) -> str:
        """Whose mail server it goes to."""
        return self.mail.address.rpartition("@")[2].casefold()


def send_due(
    inst: Installation, delivery: Door, *, progress: Callable[[int, int], None]
) -> SendingReport:
    """Send every mail that is due; `progress` hears how many of how many are done."""
    with _sending_alone(inst) as is_alone:
        if not is_alone:
            return SendingReport(is_someone_else_sending=True)
        inst.database.write(outbox.recover)
        due = outbox.count_due(inst.database.read(), inst.clock())
        report = SendingReport()
        try:
            while not report.trouble and not report.is_relay_resting:
                batch = _lease(inst)
                report = replace(report, skipped=report.skipped + batch.skipped)
                if batch == _Batch():
                    break
                report = _send_leased(
                    inst,
                    batch.leased,
                    delivery=delivery,
                    report=report,
                    progress=lambda done: progress(done, due),
                )
        finally:
            delivery.close()
        return report


def _send_leased(
    inst: Installation,
    leased: tuple[_Leased, ...],
    *,
    delivery: Door,
    report: SendingReport,
    progress: Callable[[int], None],
) -> SendingReport:
    sent: list[tuple[_Leased, Outcome]] = []
    busy: set[str] = set()
    for position, one in enumerate(leased):
        is_last = position == len(leased) - 1
        stopped = {(p.edition, p.campaign) for p in report.paused}
        trouble = ""
        if (one.record.name, one.mail.campaign) in stopped or one.domain in busy:
            _release(inst, (one,))
        else:
            try:
                outcome = _send(inst, delivery, one)
                sent.append((one, outcome))
                if outcome.is_domain_busy:
                    busy.add(one.domain)
            except RelayUnreachable as error:
                trouble = error.why
                _release(inst, leased[position:])
        if sent and (trouble or is_last or len(sent) >= delivery.results_together):
            try:
                delivery.settle()
            except RelayUnreachable as error:
                # What was sent stays leased: the next pass sends it again.
                return replace(report, trouble=error.why)
            report = _written_down(inst, tuple(sent), report)
            sent.clear()
            progress(report.sent + report.failed + report.deferred + report.skipped)
        if report.is_relay_resting:
            _release(inst, leased[position + 1 :])
            return report
        if trouble:
            return replace(report, trouble=trouble)
    return report


def _written_down(
    inst: Installation, sent: tuple[tuple[_Leased, Outcome], ...], report: SendingReport
) -> SendingReport:
    def work(connection: Connection) -> list[_Settled]:
        return [_settle(connection, inst, one, outcome) for one, outcome in sent]

    settled = inst.database.write(work)
    found = [s.state for s in settled]
    paused = tuple(s.paused for s in settled if s.paused is not None)
    return replace(
        report,
        sent=report.sent + found.count(Delivery.HANDED_OVER),
        failed=report.failed + found.count(Delivery.FAILED),
        deferred=report.deferred + sum(state in _OPEN for state in found),
        paused=report.paused + tuple(p for p in paused if p not in report.paused),
        is_relay_resting=any(outcome.is_relay_busy for _, outcome in sent),
    )


def _lease(inst: Installation) -> _Batch:
    """The next mails, claimed, with their links' hashes committed; how many people get none, and how many wait."""
    now = inst.clock()
    secrets = [inst.random_bytes(SECRET_BYTES) for _ in range(MAILS_PER_LEASE)]

    def work(connection: Connection) -> _Batch:
        leased: list[_Leased] = []
        skipped = put_off = 0
        rests = domain_rests.resting(connection, now)
        if domain_rests.RELAY in rests:
            return _Batch()
        warming = WarmStart(connection, now)
        records: dict[str, EditionRecord] = {}
        written: dict[str, Mapping[tuple[Campaign, Language], OwnWords]] = {}
        for mail, secret in zip(
            outbox.due(connection, now, most=MAILS_PER_LEASE), secrets, strict=False
        ):
            if mail.edition not in records:
                records[mail.edition] = _record(connection, mail.edition)
                written[mail.edition] = mail_texts.of_edition(connection, mail.edition)
            record = records[mail.edition]
            cause = suppressions.holds(
                connection,
                record.edition.organisation,
                fingerprints=(
                    (address_fingerprint(inst, record, mail.address), "bounce"),
                    (person_fingerprint(inst, record, mail.address, mail.name), "opt_out"),
                ),
            )
            skip = why_skip(mail, record, now, suppressed=cause)
            if skip is not None:
                outbox.cancel(connection, mail, reason=skip)
                skipped += 1
                continue
            rest = rests.get(domain_fingerprint(inst, mail.address))
            if rest is not None:
                outbox.put_off(connection, mail, until=rest)
                put_off += 1
                continue
            if not warming.lets_leave(mail):
                continue
            if not outbox.lease(connection, mail):
                continue
            minutes = 0
            is_form = mail.campaign not in AFTER_CLOSING
            if is_form:
                links.insert(
                    connection,
                    mail.edition,
                    hashed=link_hash(mail.edition, secret),
                    participant=mail.participant,
                    campaign=mail.campaign,
                )
                booked = bookings.of_participant(connection, mail.edition, mail.participant)
                form = personal_form(record.edition, asked_sessions(record.edition, booked))
                minutes = minutes_to_answer(form)
            own_words = written[mail.edition].get((mail.campaign, mail.language))
            leased.append(_Leased(mail, record, minutes, secret if is_form else None, own_words))
        put_off += warming.put_off_the_rest({(one.record.id, one.mail.campaign) for one in leased})
        return _Batch(tuple(leased), skipped, put_off)

    return inst.database.write(work)


def _record(connection: Connection, edition_id: str) -> EditionRecord:
    record = editions.find_by_id(connection, edition_id)
    if record is None:
        raise NotFound("edition", edition_id)
    return record


def _send(inst: Installation, delivery: Door, one: _Leased) -> Outcome:
    try:
        composed = _compose(inst, one)
    except (ValueError, MessageError):
        return Outcome(
            Delivery.FAILED, 0, "5.1.3"
        )  # RFC 3463: bad destination mailbox address syntax
    return delivery.send(composed)


def _compose(inst: Installation, one: _Leased) -> ComposedMail:
    composed = _written(inst, one)
    if not inst.settings.bounce_address:
        return composed
    tagged = bounce_sender(inst, edition_id=one.record.id, message_id=one.mail.message_id)
    return replace(composed, sender=tagged)


def _written(inst: Installation, one: _Leased) -> ComposedMail:
    mail, record, base = one.mail, one.record, inst.settings.base_url
    token = inst.links.opt_out_token(record.name, mail.participant)
    form_link = (
        ""
        if one.secret is None
        else f"{base}/f/{inst.links.personal_token(record.name, one.secret)}"
    )
    return compose(
        Letter(
            campaign=mail.campaign,
            edition=record.edition,
            closes=record.closes or record.edition.deadline,
            address=mail.address,
            name=mail.name,
            language=mail.language,
            minutes=one.minutes,
            form_link=form_link,
            opt_out_link=f"{base}/abmelden/{token}",
            privacy_link=f"{base}/datenschutz/{record.name}",
            message_id=mail.message_id,
            written=inst.clock(),
            zone=inst.settings.zone,
            results_link=f"{base}/ergebnis/{record.name}"
            if mail.campaign is Campaign.RESULTS
            else "",
            own_words=one.own_words,
        )
    )


def _settle(connection: Connection, inst: Installation, one: _Leased, outcome: Outcome) -> _Settled:
    """Write down what became of the mail."""
    mail, record, now = one.mail, one.record, inst.clock()
    attempts = mail.attempts + 1
    if outcome.is_relay_busy:
        domain_rests.rest(connection, domain_rests.RELAY, until=now + RELAY_RESTS)
    elif outcome.is_domain_busy:
        fingerprint = domain_fingerprint(inst, mail.address)
        domain_rests.rest(connection, fingerprint, until=now + DOMAIN_RESTS)
    if outcome.state is Delivery.HANDED_OVER and mail.campaign is Campaign.INVITATION:
        recent_mails.remember(
            connection,
            mail.edition,
            fingerprint=recent_fingerprint(inst, mail.address),
            day=now.astimezone(inst.settings.zone).date(),
        )
    is_first_refusal = not mail.reason.startswith(REFUSED_BEFORE)
    if (
        outcome.is_refused_by_policy
        and is_first_refusal
        and _pause(connection, mail, outcome.reason)
    ):
        # The relay's trouble with us is not the recipient's: the mail waits until the campaign is resumed.
        reason = f"{REFUSED_BEFORE} {outcome.reason}"
        outbox.settle(connection, mail, state=Delivery.DEFERRED, reason=reason)
        return _Settled(
            Delivery.DEFERRED, PausedCampaign(record.name, mail.campaign, outcome.reason)
        )
    if outcome.state in _OPEN and attempts < MOST_ATTEMPTS:
        outbox.settle(
            connection,
            mail,
            state=outcome.state,
            reason=outcome.reason,
            not_before=now + wait_after(attempts),
        )
        return _Settled(outcome.state)
    state = Delivery.FAILED if outcome.state in _OPEN else outcome.state
    outbox.settle(connection, mail, state=state, reason=outcome.reason)
    if outcome.is_bad_address:
        suppressions.add(
            connection,
            record.edition.organisation,
            fingerprint=address_fingerprint(inst, record, mail.address),
            cause="bounce",
        )
    if (
        state is Delivery.FAILED
        and _has_too_many_failures(connection, mail)
        and _pause(connection, mail, "failures")
    ):
        return _Settled(state, PausedCampaign(record.name, mail.campaign, "failures"))
    return _Settled(state)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after that many attempts."""
    return FIRST_WAITS[min(attempts, len(FIRST_WAITS)) - 1]


def _has_too_many_failures(connection: Connection, mail: DueMail) -> bool:
    found = {
        state: n
        for (campaign, state), n in outbox.counts(connection, mail.edition).items()
        if campaign is mail.campaign
    }
    failed = found.get(Delivery.FAILED, 0)
    tried = failed + found.get(Delivery.HANDED_OVER, 0)
    sample = min(BREAKER_SAMPLE, sum(found.values()))
    return tried <= BREAKER_SAMPLE and failed > max(BREAKER_ALWAYS_ALLOWS, BREAKER_SHARE * sample)


def _pause(connection: Connection, mail: DueMail, because: str) -> bool:
    return campaigns.pause(connection, mail.edition, kind=mail.campaign, because=because)


def _release(inst: Installation, leased: tuple[_Leased, ...]) -> None:
    def work(connection: Connection) -> None:
        for one in leased:
            outbox.release(connection, one.mail)

    inst.database.write(work)


def address_fingerprint(inst: Installation, record: EditionRecord, address: str) -> str:
    """What a bounce is remembered by."""
    return inst.links.address_fingerprint(record.edition.organisation, address)


def domain_fingerprint(inst: Installation, address: str) -> str:
    """What a domain that asked for a rest is remembered by."""
    return inst.links.address_fingerprint("domain", address.rpartition("@")[2])


def recent_fingerprint(inst: Installation, address: str) -> str:
    """What an address is remembered by for seven days, whichever organisation wrote to it."""
    return inst.links.address_fingerprint("recent", address)


def person_fingerprint(inst: Installation, record: EditionRecord, address: str, name: str) -> str:
    """What an opt-out is remembered by: one person, even at an address that several share."""
    return inst.links.address_fingerprint(record.edition.organisation, f"{address}\n{name}")


@contextmanager
def _sending_alone(inst: Installation) -> Iterator[bool]:
    """True while no other process of this machine sends; the lock dies with its process."""
    descriptor = os.open(inst.settings.data / "sending.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
