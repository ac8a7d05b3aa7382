"""Sending invitations: claimed, composed, handed over and settled one by one, against handing over and nothing else."""

from __future__ import annotations

import smtplib
import subprocess
import sys
import time
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from bench.large_congress import installation, large_congress, with_people
from bench.processes import ended, interleaved, median_ratio
from bench.results import ROOT
from bench.table import Cost, Row
from survey.inviting import invite
from survey.mail.compose import compose
from survey.mail.delivery import MOST_MAILS_PER_CONNECTION, SmtpDelivery
from survey.mail.outbox import send_due
from survey.settings import Smtp
from tests.mail.letters import LETTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.table import Finding

MAILS = 10_000


def measure(*, quick: bool) -> Iterable[Finding]:
    """CPU of the sending process for each mail: the whole pass, and a bare loop of prepared messages."""
    mails = MAILS // 20 if quick else MAILS
    with _server() as port:
        spent = interleaved(
            {"sent": lambda: _sent(port, mails), "bare": lambda: _bare(port, mails)},
            rounds=2 if quick else 3,
        )
    yield Row(
        f"Mail: rate of {mails:,} invitations, against a bare loop of prepared messages",
        0.5,
        median_ratio(spent["bare"], spent["sent"]),
        bound="at least",
        note=f"{min(spent['sent']) / mails * 1e6:.0f} µs of CPU for each against "
        f"{min(spent['bare']) / mails * 1e6:.0f} µs",
    )
    yield Cost(
        "mail.cpu", min(spent["sent"]) / mails, "s", "one invitation, composed and handed over"
    )


def _sent(port: int, mails: int) -> float:
    with installation() as (inst, _):
        record = with_people(inst, large_congress(), mails)
        invite(inst, record.name)
        delivery = SmtpDelivery(Smtp("127.0.0.1", port, "none", "", ""))
        begun = time.process_time()
        report = send_due(inst, delivery, progress=lambda _done, _of: None)
        spent = time.process_time() - begun
        if report.sent != mails:
            raise ValueError(report)
        return spent


def _bare(port: int, mails: int) -> float:
    prepared = [
        compose(replace(LETTER, message_id=f"<{number:016x}@example.org>")) for number in range(100)
    ]
    begun = time.process_time()
    for start in range(0, mails, MOST_MAILS_PER_CONNECTION):
        line = smtplib.SMTP("127.0.0.1", port)
        line.ehlo_or_helo_if_needed()
        for number in range(start, min(start + MOST_MAILS_PER_CONNECTION, mails)):
            mail = prepared[number % len(prepared)]
            line.mail(mail.sender)
            line.rcpt(mail.recipient)
            line.data(mail.content)
        line.quit()
    return time.process_time() - begun


@contextmanager
def _server() -> Iterator[int]:
    command = [sys.executable, "-m", "bench.smtp_server"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603 -- ourselves
    with ended(process.pid), process.stdout or nullcontext(BytesIO()) as output:
        yield int(output.readline())
