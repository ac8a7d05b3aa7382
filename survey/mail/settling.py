"""Writing down what became of a mail: when it is tried again, who rests, and when a campaign stops itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.mail.fingerprints import address_fingerprint, domain_fingerprint, recent_fingerprint
from survey.mail.warm_start import FIRST_WAIT
from survey.model.invitation import Campaign, Delivery
from survey.storage import campaigns, domain_rests, outbox, recent_mails, suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from survey.installation import Installation
    from survey.mail.delivery import Outcome
    from survey.mail.leasing import Leased
    from survey.storage.connection import Connection
    from survey.storage.outbox import DueMail

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
UNDECIDED = frozenset({Delivery.DEFERRED, Delivery.UNKNOWN})
"""Nobody knows yet whether these mails arrive."""


@dataclass(frozen=True, slots=True)
class PausedCampaign:
    """A campaign that stopped itself."""

    edition: str
    """Short name."""
    campaign: Campaign
    reason: str
    """The relay's codes, or ``failures``."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one mail, and whether its campaign stopped over it."""

    state: Delivery
    paused: PausedCampaign | None = None


def settle(
    connection: Connection, inst: Installation, sent: Iterable[tuple[Leased, Outcome]]
) -> tuple[Settled, ...]:
    """Write down what became of the mails; first of those that have left."""
    left: list[tuple[DueMail, str]] = []
    others: list[tuple[Leased, Outcome]] = []
    for leased, outcome in sent:
        if outcome.state is Delivery.HANDED_OVER:
            left.append((leased.mail, outcome.reason))
        else:
            others.append((leased, outcome))
    _settle_handed_over(connection, inst, left)
    return (
        *[Settled(Delivery.HANDED_OVER)] * len(left),
        *(_settle_other(connection, inst, leased=one, outcome=what) for one, what in others),
    )


def settle_left_behind(
    connection: Connection, inst: Installation, *, handed_over: frozenset[str]
) -> None:
    """What a dead sender left leased has left if its Message-ID is among those; the rest is sent again."""
    leased = outbox.leased(connection)
    left = [(mail, mail.reason) for mail in leased if mail.message_id in handed_over]
    _settle_handed_over(connection, inst, left)
    outbox.recover(connection)


def _settle_handed_over(
    connection: Connection, inst: Installation, left: Sequence[tuple[DueMail, str]]
) -> None:
    if not left:
        return
    outbox.settle_handed_over(connection, left)
    day = inst.clock().astimezone(inst.settings.zone).date()
    recent_mails.remember(
        connection,
        (
            (mail.edition, recent_fingerprint(inst, mail.address))
            for mail, _ in left
            if mail.campaign is Campaign.INVITATION
        ),
        day=day,
    )


def _settle_other(
    connection: Connection, inst: Installation, *, leased: Leased, outcome: Outcome
) -> Settled:
    mail, record, now = leased.mail, leased.record, inst.clock()
    attempts = mail.attempts + 1
    if outcome.is_relay_busy:
        domain_rests.rest(connection, domain_rests.RELAY, until=now + RELAY_RESTS)
    elif outcome.is_domain_busy:
        fingerprint = domain_fingerprint(inst, mail.address)
        domain_rests.rest(connection, fingerprint, until=now + DOMAIN_RESTS)
    is_first_refusal = not mail.reason.startswith(REFUSED_BEFORE)
    if (
        outcome.is_refused_by_policy
        and is_first_refusal
        and _pause(connection, mail, outcome.reason)
    ):
        # The relay's trouble with us is not the recipient's: the mail waits until the campaign is resumed.
        reason = f"{REFUSED_BEFORE} {outcome.reason}"
        outbox.settle(connection, mail, state=Delivery.DEFERRED, reason=reason)
        return Settled(
            Delivery.DEFERRED, PausedCampaign(record.name, mail.campaign, outcome.reason)
        )
    if outcome.state in UNDECIDED and attempts < MOST_ATTEMPTS:
        outbox.settle(
            connection,
            mail,
            state=outcome.state,
            reason=outcome.reason,
            not_before=now + wait_after(attempts),
        )
        return Settled(outcome.state)
    state = Delivery.FAILED if outcome.state in UNDECIDED else outcome.state
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
        return Settled(state, PausedCampaign(record.name, mail.campaign, "failures"))
    return Settled(state)


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
