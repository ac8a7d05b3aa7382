"""Sending invitations: claimed, composed, handed over and settled one by one, against handing over and nothing else."""

from __future__ import annotations

import smtplib
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from bench.large_congress import installation, large_congress, with_people
from bench.processes import ended, interleaved, median_ratio
from bench.results import ROOT
from bench.table import Cost, Row
from survey.inviting import invite
from survey.mail.compose import compose
from survey.mail.delivery import MOST_MAILS_PER_CONNECTION, SmtpDelivery, as_sent
from survey.mail.outbox import send_due
from survey.settings import Smtp
from tests.mail.letters import LETTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bench.table import Finding
    from survey.mail.compose import ComposedMail

MAILS = 10_000
AT_ONCE = 100
"""Prepared messages, sent again and again."""


class Spent(NamedTuple):
    """What sending took, for each mail."""

    seconds: float
    """By the clock on the wall: its inverse is the rate."""
    cpu: float
    """Of the sending process."""


def measure(*, quick: bool) -> Iterable[Finding]:
    """How fast mails leave: by the whole pass, by a bare loop of the library's own, and by one that does not wait."""
    mails = MAILS // 5 if quick else MAILS
    with _server() as port:
        spent = interleaved(
            {
                "sent": lambda: _sent(port, mails),
                "bare": lambda: _bare(port, mails, hand_over=_one_by_one),
                "pipelined": lambda: _bare(port, mails, hand_over=_at_once),
            },
            rounds=3 if quick else 5,
        )
    wall = {name: [one.seconds for one in found] for name, found in spent.items()}
    cpu = {name: [one.cpu for one in found] for name, found in spent.items()}
    yield Row(
        f"Mail: rate of {mails:,} invitations, against a bare loop of prepared messages",
        0.5,
        median_ratio(wall["bare"], wall["sent"]),
        bound="at least",
        note=f"{_rate(wall['sent'])} against {_rate(wall['bare'])}; against {_rate(wall['pipelined'])} of a loop that "
        f"does not wait for each reply, either: {median_ratio(wall['pipelined'], wall['sent']):.2f} ×; in CPU of the "
        f"sender, {median_ratio(cpu['bare'], cpu['sent']):.2f} × ({statistics.median(cpu['sent']) * 1e6:.0f} µs "
        f"for each against {statistics.median(cpu['bare']) * 1e6:.0f} µs) and "
        f"{median_ratio(cpu['pipelined'], cpu['sent']):.2f} ×",
    )
    yield Cost(
        "mail.cpu", statistics.median(cpu["sent"]), "s", "one invitation, composed and handed over"
    )


def _rate(seconds: Sequence[float]) -> str:
    return f"{1 / statistics.median(seconds):,.0f} a second"


def _sent(port: int, mails: int) -> Spent:
    with installation() as (inst, _):
        record = with_people(inst, large_congress(), mails)
        invite(inst, record.name)
        delivery = SmtpDelivery(Smtp("127.0.0.1", port, "none", "", ""))
        with _measured(mails) as spent:
            report = send_due(inst, delivery, progress=lambda _done, _of: None)
        if report.sent != mails:
            raise ValueError(report)
        return spent[0]


def _bare(
    port: int, mails: int, *, hand_over: Callable[[smtplib.SMTP, ComposedMail], None]
) -> Spent:
    prepared = [
        compose(replace(LETTER, message_id=f"<{number:016x}@example.org>"))
        for number in range(AT_ONCE)
    ]
    with _measured(mails) as spent:
        for start in range(0, mails, MOST_MAILS_PER_CONNECTION):
            line = smtplib.SMTP("127.0.0.1", port)
            line.ehlo_or_helo_if_needed()
            for number in range(start, min(start + MOST_MAILS_PER_CONNECTION, mails)):
                hand_over(line, prepared[number % len(prepared)])
            line.quit()
    return spent[0]


def _one_by_one(line: smtplib.SMTP, mail: ComposedMail) -> None:
    """As the standard library does it: each command waits for its reply."""
    line.mail(mail.sender)
    line.rcpt(mail.recipient)
    line.data(mail.content)


def _at_once(line: smtplib.SMTP, mail: ComposedMail) -> None:
    """As we do it (RFC 2920)."""
    line.send(f"MAIL FROM:<{mail.sender}>\r\nRCPT TO:<{mail.recipient}>\r\nDATA\r\n")
    for _ in range(3):
        line.getreply()
    line.send(as_sent(mail.content))
    line.getreply()


@contextmanager
def _measured(mails: int) -> Iterator[list[Spent]]:
    """What was spent inside, for each of so many mails; in the list once it is over."""
    found: list[Spent] = []
    begun, cpu = time.perf_counter(), time.process_time()
    yield found
    found.append(Spent((time.perf_counter() - begun) / mails, (time.process_time() - cpu) / mails))


@contextmanager
def _server() -> Iterator[int]:
    command = [sys.executable, "-m", "bench.smtp_server"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603 -- ourselves
    with ended(process.pid), process.stdout or nullcontext(BytesIO()) as output:
        yield int(output.readline())
