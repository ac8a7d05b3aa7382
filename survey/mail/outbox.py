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
from dataclasses import dataclass, replace
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


def send_due(
    inst: Installation,
    delivery: Door,
    *,
    progress: Callable[[int, int], None],
    now: Callable[[], float] = time.monotonic,
) -> SendingReport:
    """Send every mail that is due; `progress` hears how many of how many are done."""
    with turn(inst.database, Turn.MAILS) as is_alone:
        if not is_alone:
            return SendingReport(is_someone_else_sending=True)
        with handed_over(inst.database.path) as noted:
            _settle_left_behind(inst, noted)
            unsettled = Unsettled(delivery, noted, now=now)
            return _send_all(inst, delivery, unsettled=unsettled, progress=progress, now=now)


def _send_all(
    inst: Installation,
    delivery: Door,
    *,
    unsettled: Unsettled,
    progress: Callable[[int, int], None],
    now: Callable[[], float],
) -> SendingReport:
    due = outbox.count_due(inst.database.read(), inst.clock())
    report = SendingReport()
    forms, durations = FormLetters(), Durations()
    most = MAILS_PER_LEASE
    try:
        while not report.trouble and not report.is_relay_resting:
            batch = lease(inst, durations, most=most)
            begun = now()
            report = replace(report, skipped=report.skipped + batch.skipped)
            if batch == Batch():
                break
            report = _send_leased(
                inst,
                batch.leased,
                delivery=delivery,
                forms=forms,
                unsettled=unsettled,
                report=report,
                progress=lambda done: progress(done, due),
            )
            is_quick = (now() - begun) * MAILS_PER_LEASE_IF_QUICK < max(len(batch.leased), 1)
            most = MAILS_PER_LEASE_IF_QUICK if is_quick else MAILS_PER_LEASE
    finally:
        delivery.close()
    return report


def _settle_left_behind(inst: Installation, noted: HandedOver) -> None:
    message_ids = noted.message_ids()
    inst.database.write(
        lambda connection: settle_left_behind(connection, inst, handed_over=message_ids)
    )
    noted.clear()


def _send_leased(
    inst: Installation,
    leased: tuple[Leased, ...],
    *,
    delivery: Door,
    forms: FormLetters,
    unsettled: Unsettled,
    report: SendingReport,
    progress: Callable[[int], None],
) -> SendingReport:
    busy: set[str] = set()
    for position, one in enumerate(leased):
        is_last = position == len(leased) - 1
        stopped = {(p.edition, p.campaign) for p in report.paused}
        trouble = ""
        if (one.record.name, one.mail.campaign) in stopped or one.domain in busy:
            release(inst, (one,))
        else:
            try:
                outcome = _send(inst, delivery, forms=forms, leased=one)
                unsettled.add(one, outcome)
                if outcome.is_domain_busy:
                    busy.add(one.domain)
                if outcome.is_relay_busy:
                    report = replace(report, is_relay_resting=True)
            except RelayUnreachable as error:
                trouble = error.why
                release(inst, leased[position:])
        if unsettled and (trouble or is_last or unsettled.is_due()):
            try:
                settled = unsettled.settle(inst)
            except RelayUnreachable as error:
                # What was sent stays leased: the next pass sends it again.
                return replace(report, trouble=error.why)
            report = _counted(report, settled)
            progress(report.sent + report.failed + report.deferred + report.skipped)
        if report.is_relay_resting:
            release(inst, leased[position + 1 :])
            return report
        if trouble:
            return replace(report, trouble=trouble)
    return report


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


def _send(inst: Installation, delivery: Door, *, forms: FormLetters, leased: Leased) -> Outcome:
    try:
        composed = _composed(inst, leased, forms)
    except (ValueError, MessageError):
        return Outcome(
            Delivery.FAILED, 0, "5.1.3"
        )  # RFC 3463: bad destination mailbox address syntax
    return delivery.send(composed)


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
