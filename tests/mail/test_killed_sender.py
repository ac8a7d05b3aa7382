from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from survey.collecting import open_form
from survey.inviting import invite
from survey.model.invitation import Campaign, Delivery
from tests.mail.relay import Relay, relay
from tests.mail.test_outbox import link_in, register, states
from tests.people import congress, store_edition

if TYPE_CHECKING:
    from survey.installation import Installation

PEOPLE = 80
KILLS = 4
ROOT = Path(__file__).resolve().parents[2]


def test_killed_again_and_again_a_sender_leaves_nobody_without_and_few_with_two(
    inst: Installation,
) -> None:
    store_edition(inst, congress())
    register(inst, "kk2020", PEOPLE)
    invite(inst, "kk2020")
    chance = random.Random(7)  # noqa: S311 -- which moments, not what secrets
    killed_at: list[str] = []
    with relay() as server:
        for _ in range(KILLS):
            moment = chance.choice(["recipient", "end"])
            _send_until_killed(inst, server, moment, after=chance.randrange(1, 18))
            killed_at.append(moment)
        server.at_moment = lambda _moment: None

        _start(inst, server.port).wait()

    mails = Counter(server.addresses)
    assert len(mails) == PEOPLE
    duplicates = sum(mails.values()) - PEOPLE
    # The relay had the mail and could not say so: exactly those are sent twice, and none else.
    assert duplicates == killed_at.count("end")
    assert 0 < duplicates < KILLS
    assert set(states(inst, "kk2020", Campaign.INVITATION).values()) == {Delivery.HANDED_OVER}
    message_ids = {(address, message["Message-ID"]) for address, message in server.received}
    assert len(message_ids) == PEOPLE
    tokens = [link_in(message) for _, message in server.received]
    assert len(set(tokens)) == len(tokens)
    assert {open_form(inst, token).record.name for token in tokens} == {"kk2020"}


def _start(inst: Installation, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.mail.sender_process"]
    return subprocess.Popen([*command, str(inst.settings.data.parent), str(port)], cwd=ROOT)


def _send_until_killed(inst: Installation, server: Relay, moment: str, *, after: int) -> None:
    seen = 0
    process: list[subprocess.Popen[bytes]] = []

    def kill(here: str) -> None:
        nonlocal seen
        seen += here == moment
        if seen == after:
            os.kill(process[0].pid, signal.SIGKILL)
            process[0].wait()

    server.at_moment = kill
    process.append(_start(inst, server.port))
    assert process[0].wait() == -signal.SIGKILL
