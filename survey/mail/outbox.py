"""Sending what is due: lease, commit, send, write down what became of it.

A fresh link's hash is committed before its mail leaves. That the relay took it is noted at once, and
committed with its neighbours' a moment later; any other result is committed at once, with theirs. A
sender that is killed in between leaves one mail of which nobody knows whether it left: it is sent
again, under the same Message-ID and with another link. So everybody gets a mail, and at most one
person gets two. (If the machine loses its power, or another one takes over, so may those whose mails
left since the last commit.)
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from typing import TYPE_CHECKING

from survey.errors import RelayUnreachable
from survey.mail.bounces.sender import bounce_sender
from survey.mail.compose import Letter
from survey.mail.delivery import Outcome
from survey.mail.form_letters import FormLetters
from survey.mail.handed_over import handed_over
from survey.mail.leasing import (
    MAILS_PER_LEASE,
    MAILS_PER_LEASE_IF_QUICK,
    Batch,
    Durations,
    Leased,
    lease,
    release,
)
from survey.mail.settling import UNDECIDED, PausedCampaign, settle_left_behind
from survey.mail.unsettled import Unsettled
from survey.model.invitation import Campaign, Delivery
from survey.storage import outbox
from survey.storage.turns import Turn, turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.mail.compose import ComposedMail
    from survey.mail.delivery import Delivery as Door
    from survey.mail.handed_over import HandedOver
    from survey.mail.settling import Settled


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
    is_cut_short: bool = False
    """True if there was to be an end; what is left leaves with the next pass."""

    @property
    def goes_on(self) -> bool:
        """True if nothing keeps the next mails from leaving now."""
        return not (
            self.trouble
            or self.is_relay_resting
            or self.is_cut_short
            or self.is_someone_else_sending
        )


def send_due(
    inst: Installation,
    delivery: Door,
    *,
    progress: Callable[[int, int], None],
    now: Callable[[], float] = time.monotonic,
    is_over: Callable[[], bool] = lambda: False,
) -> SendingReport:
    """Send every mail that is due, until it `is_over`; `progress` hears how many of how many are done."""
    with turn(inst.database, Turn.MAILS) as is_alone:
        if not is_alone():
            return SendingReport(is_someone_else_sending=True)
        with handed_over(inst.database.path) as noted:
            _settle_left_behind(inst, noted)
            sender = _Sender(inst, delivery, Unsettled(delivery, noted, now=now), is_alone, is_over)
            return _send_all(sender, progress=progress, now=now)


@dataclass(frozen=True, slots=True)
class _Sender:
    """What one pass works with."""

    inst: Installation
    delivery: Door
    unsettled: Unsettled
    is_alone: Callable[[], bool]
    is_over: Callable[[], bool]
    forms: FormLetters = field(default_factory=FormLetters)


def _send_all(
    sender: _Sender, *, progress: Callable[[int, int], None], now: Callable[[], float]
) -> SendingReport:
    inst = sender.inst
    due = outbox.count_due(inst.database.read(), inst.clock())
    report = SendingReport()
    durations = Durations()
    most = MAILS_PER_LEASE
    try:
        while report.goes_on:
            batch = lease(inst, durations, most=most)
            begun = now()
            report = replace(report, skipped=report.skipped + batch.skipped)
            if batch == Batch():
                break
            report = _send_leased(
                sender, batch.leased, report=report, progress=lambda done: progress(done, due)
            )
            is_quick = (now() - begun) * MAILS_PER_LEASE_IF_QUICK < max(len(batch.leased), 1)
            most = MAILS_PER_LEASE_IF_QUICK if is_quick else MAILS_PER_LEASE
    finally:
        sender.delivery.close()
    return report


def _settle_left_behind(inst: Installation, noted: HandedOver) -> None:
    message_ids = noted.message_ids()
    inst.database.write(
        lambda connection: settle_left_behind(connection, inst, handed_over=message_ids)
    )
    noted.clear()


def _send_leased(
    sender: _Sender,
    leased: tuple[Leased, ...],
    *,
    report: SendingReport,
    progress: Callable[[int], None],
) -> SendingReport:
    inst, unsettled = sender.inst, sender.unsettled
    busy: set[str] = set()
    for position, one in enumerate(leased):
        rest = leased[position + 1 :]
        report, trouble = _try(sender, one, busy=busy, report=report)
        is_over = bool(rest) and sender.is_over()
        if unsettled and (trouble or is_over or not rest or unsettled.is_due()):
            try:
                settled = unsettled.settle(inst)
            except RelayUnreachable as error:
                # What was sent stays leased: the next pass sends it again.
                release(inst, rest)
                return replace(report, trouble=error.why)
            report = _counted(report, settled)
            progress(report.sent + report.failed + report.deferred + report.skipped)
            if not sender.is_alone():
                # Whoever has our turn sends the others again: to give them back would be to take them from there.
                return replace(report, is_someone_else_sending=True)
        report = replace(report, trouble=trouble, is_cut_short=is_over)
        if not report.goes_on:
            release(inst, rest)
            return report
    return report


def _try(
    sender: _Sender, one: Leased, *, busy: set[str], report: SendingReport
) -> tuple[SendingReport, str]:
    """The mail is sent, or given back where it must not leave now or cannot; why nothing can be tried any more."""
    stopped = {(p.edition, p.campaign) for p in report.paused}
    if (one.record.name, one.mail.campaign) in stopped or one.domain in busy:
        release(sender.inst, (one,))
        return report, ""
    try:
        outcome = _send(sender, one)
    except RelayUnreachable as error:
        release(sender.inst, (one,))
        return report, error.why
    sender.unsettled.add(one, outcome)
    if outcome.is_domain_busy:
        busy.add(one.domain)
    return replace(report, is_relay_resting=outcome.is_relay_busy), ""


def _counted(report: SendingReport, settled: tuple[Settled, ...]) -> SendingReport:
    found = [s.state for s in settled]
    paused = tuple(s.paused for s in settled if s.paused is not None)
    return replace(
        report,
        sent=report.sent + found.count(Delivery.HANDED_OVER),
        failed=report.failed + found.count(Delivery.FAILED),
        deferred=report.deferred + sum(state in UNDECIDED for state in found),
        paused=report.paused + tuple(p for p in paused if p not in report.paused),
    )


def _send(sender: _Sender, leased: Leased) -> Outcome:
    try:
        composed = _composed(sender.inst, leased, sender.forms)
    except (ValueError, MessageError):
        return Outcome(
            Delivery.FAILED, 0, "5.1.3"
        )  # RFC 3463: bad destination mailbox address syntax
    return sender.delivery.send(composed)


def _composed(inst: Installation, one: Leased, forms: FormLetters) -> ComposedMail:
    composed = forms.compose(_letter(inst, one))
    if not inst.settings.bounce_address:
        return composed
    tagged = bounce_sender(inst, edition_id=one.record.id, message_id=one.mail.message_id)
    return replace(composed, sender=tagged)


def _letter(inst: Installation, one: Leased) -> Letter:
    mail, record, base = one.mail, one.record, inst.settings.base_url
    token = inst.links.opt_out_token(record.name, mail.participant)
    form_link = (
        ""
        if one.secret is None
        else f"{base}/f/{inst.links.personal_token(record.name, one.secret)}"
    )
    return Letter(
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
        results_link=f"{base}/ergebnis/{record.name}" if mail.campaign is Campaign.RESULTS else "",
        own_words=one.own_words,
    )
