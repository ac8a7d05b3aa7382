"""Invitations through a mail server that lies, while their sender is killed again and again.

The server refuses for now and for good, hangs up, forgets what it has taken or keeps what it has not confirmed.
Everybody who may get a mail must get one; a second one only whoever's first was taken without a word.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from survey.collecting import open_form
from survey.inviting import invite, opt_out
from survey.model.invitation import Campaign, Delivery, Registration
from survey.registering import apply_import, list_participants, plan_import
from survey.storage import outbox
from tests.events import congress
from tests.faults.steps import KILLED
from tests.faults.trial import Outcome
from tests.mail.queued import link_in
from tests.mail.relay import DROP, LOSE, relay
from tests.people import START, StoppedClock, make_installation, store_edition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from random import Random

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.faults.trial import Trial
    from tests.mail.relay import Relay

ROOT = Path(__file__).resolve().parents[2]
MAILS_PER_KILL = 40
FEWEST_KILLS = 4
DOMAINS = 40
AT_LAST = timedelta(minutes=61)
"""The longest wait between two tries."""
LIES: tuple[tuple[str, int], ...] = (
    ("421 4.3.2 closing", 3),
    ("450 4.2.1 mailbox busy", 20),
    ("451 4.7.1 greylisted", 8),
    ("452 4.2.2 mailbox full", 10),
    ("550 5.1.1 no such user", 10),
    (LOSE, 10),
    (DROP, 10),
)
"""What is said to so many of a thousand mails."""
_REFUSED = "550 5.1.1 no such user"


@dataclass(slots=True)
class _Told:
    """What was done to whom."""

    kills: int = 0
    refused: set[str] = field(default_factory=set)
    kept_without_a_word: Counter[str] = field(default_factory=Counter)


def run(trial: Trial, *, broken: tuple[str, ...] = ()) -> Outcome:
    """Mails lost, sent too often, or sent to who must not get any."""
    inst = make_installation(trial.folder, StoppedClock())
    record = store_edition(inst, congress())
    addresses = _register(inst, trial.times)
    silent = set(trial.chance.sample(addresses, max(1, trial.times // 50)))
    for person in list_participants(inst, record.name):
        if person.address in silent:
            opt_out(inst, inst.links.opt_out_token(record.name, person.id))
    invite(inst, record.name)
    told = _Told()
    kills = max(FEWEST_KILLS, trial.times // MAILS_PER_KILL)
    with relay() as server:
        _prepare_lies(server, told, [a for a in addresses if a not in silent], trial.chance)
        resumed = _send_all(
            inst, record, server, kills=kills, trial=trial, broken=broken, told=told
        )
        lost = _lost(inst, record, server, told=told, expected=set(addresses) - silent)
    mails = len(server.received)
    inst.database.close()
    return Outcome(
        trial.times,
        "people to invite",
        lost,
        f"{told.kills} kills, {mails} mails, {sum(told.kept_without_a_word.values())} taken without a word;"
        f" goes on after at most {max(resumed):.1f} s",
    )


def _register(inst: Installation, number: int) -> list[str]:
    addresses = [f"person{n:05}@d{n % DOMAINS}.example.org" for n in range(number)]
    found = [Registration(a, f"Person {n:05}", line=n) for n, a in enumerate(addresses)]
    apply_import(inst, "kk2020", plan_import(inst, "kk2020", found, add_only=False))
    return addresses


def _prepare_lies(server: Relay, told: _Told, addresses: list[str], chance: Random) -> None:
    left = list(addresses)
    chance.shuffle(left)
    for lie, per_thousand in LIES:
        for _ in range(max(1, len(addresses) * per_thousand // 1000)):
            address = left.pop()
            place = (
                server.at_recipient if lie[0] == "4" and chance.random() < 0.5 else server.at_end
            )
            place[address] = [lie] * (2 if lie[0] == "4" else 1)
            if lie == _REFUSED:
                told.refused.add(address)
            if lie == DROP:
                told.kept_without_a_word[address] += 1


def _send_all(
    inst: Installation,
    record: EditionRecord,
    server: Relay,
    *,
    kills: int,
    trial: Trial,
    broken: tuple[str, ...],
    told: _Told,
) -> list[float]:
    """How many seconds after each kill the next sender's first mail came."""
    resumed: list[float] = []
    killed_at = 0.0
    command = [sys.executable, "-m", "tests.faults.sender_nursery", str(trial.folder)]
    with subprocess.Popen(
        [*command, str(server.port), *broken],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as nursery:
        for now in _times():
            after = trial.chance.randrange(1, max(2, trial.times // kills))
            moment = trial.chance.choice(["recipient", "end"]) if told.kills < kills else ""
            watch = _Watch(moment, after, killed_at)
            server.at_moment = watch
            watch.process = _say(nursery, now.isoformat())
            status = _hear(nursery, "ended ")
            if watch.first_mail and killed_at:
                resumed.append(watch.first_mail - killed_at)
            killed_at = 0.0
            if status == KILLED:
                killed_at = time.monotonic()
                told.kills += 1
                told.kept_without_a_word[server.addresses[-1]] += moment == "end"
            elif not _under_way(inst, record):
                break
            assert status in {0, KILLED}, status
        assert nursery.stdin is not None
        nursery.stdin.close()
    return resumed or [0.0]


@dataclass(slots=True)
class _Watch:
    """Kills the sender at the moment's so-manieth time."""

    moment: str
    left: int
    killed_at: float
    process: int = 0
    first_mail: float = 0.0

    def __call__(self, here: str) -> None:
        self.first_mail = self.first_mail or time.monotonic()
        self.left -= here == self.moment
        if here == self.moment and self.left == 0:
            handle = os.pidfd_open(self.process)
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            select.select([handle], [], [])
            os.close(handle)


def _times() -> Iterator[datetime]:
    now = START + timedelta(hours=1)
    while now < START + timedelta(days=13):
        yield now
        now += AT_LAST
    raise AssertionError("the mails never end")


def _under_way(inst: Installation, record: EditionRecord) -> bool:
    counts = outbox.counts(inst.database.read(), record.id)
    done = {Delivery.HANDED_OVER, Delivery.FAILED, Delivery.CANCELLED}
    return any(state not in done for (_, state) in counts)


def _lost(
    inst: Installation, record: EditionRecord, server: Relay, *, told: _Told, expected: set[str]
) -> int:
    got = Counter(server.addresses)
    missing = len(expected - got.keys() - told.refused)
    uninvited = len(got.keys() - expected)
    too_many = sum(max(0, n - 1 - told.kept_without_a_word[address]) for address, n in got.items())
    ids = {(address, mail["Message-ID"]) for address, mail in server.received}
    tokens = [link_in(mail) for _, mail in server.received]
    dead_links = sum(open_form(inst, token).record.name != record.name for token in tokens)
    repeated = len(tokens) - len(set(tokens)) + len(ids) - len(got)
    states = outbox.states(inst.database.read(), record.id, Campaign.INVITATION)
    people = {p.id: p.address for p in list_participants(inst, record.name)}
    wrong = sum(
        (state is Delivery.HANDED_OVER) != (people[person] in expected - told.refused)
        for person, state in states.items()
    )
    return missing + uninvited + too_many + dead_links + repeated + wrong


def _say(nursery: subprocess.Popen[str], line: str) -> int:
    assert nursery.stdin is not None
    nursery.stdin.write(f"{line}\n")
    nursery.stdin.flush()
    return _hear(nursery, "pid ")


def _hear(nursery: subprocess.Popen[str], beginning: str) -> int:
    assert nursery.stdout is not None
    line = nursery.stdout.readline()
    assert line.startswith(beginning), line
    return int(line.removeprefix(beginning))
