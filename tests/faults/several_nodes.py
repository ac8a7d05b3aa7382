"""Machines that share one PostgreSQL server are restarted one after another, while many answer and mails leave."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from typing import TYPE_CHECKING

from survey.inviting import invite
from survey.model.invitation import Registration
from survey.registering import apply_import, plan_import
from survey.urn_watch import check_urns
from tests.events import congress
from tests.faults.clients import invite_people, lost_of, make_book
from tests.faults.hands import await_work
from tests.faults.nursery import Nursery
from tests.faults.server_nodes import (
    DATABASE,
    await_thanks,
    insist_all,
    make_database,
    make_nodes,
    server_environment,
)
from tests.faults.trial import Outcome
from tests.mail.relay import relay
from tests.people import StoppedClock, make_installation, store_edition
from tests.postgresql_cluster import FAST, make_cluster

if TYPE_CHECKING:
    from survey.installation import Installation
    from tests.faults.trial import Trial
    from tests.mail.relay import Relay

CLIENTS = 4
PEOPLE = 60
INVITED = 20
"""Of each other edition; so many leave at once before a campaign waits for what comes back."""
OTHERS = ("kk2021", "kk2022", "kk2023")
BEFORE_THE_FIRST = 5
"""Mails: then a machine is restarted while the others wait, one of them claimed maybe by just that one."""
MOST_ANSWERS = 100_000
BETWEEN_RESTARTS = 20
"""Answers thanked for."""
SECONDS_PER_MAIL = 0.05
"""So slow is the mail server, that both workers look into the outbox while mails are on their way."""


def run(trial: Trial) -> Outcome:
    """So many restarts; lost are answers that were thanked for, and mails that nobody or somebody twice has got."""
    cluster = make_cluster(FAST)
    try:
        make_database(cluster)
        address = cluster.address(DATABASE)
        inst = make_installation(trial.folder / "installation", StoppedClock(), postgresql=address)
        try:
            with relay() as server:
                return _restart_in_turn(trial, inst, server)
        finally:
            inst.database.close()
    finally:
        cluster.stop()
        shutil.rmtree(cluster.directory)


def _restart_in_turn(trial: Trial, inst: Installation, server: Relay) -> Outcome:
    record, tokens = invite_people(inst, PEOPLE)
    book = make_book(tokens, MOST_ANSWERS, trial.chance)
    addresses = _queue_invitations(inst)
    server.at_moment = lambda _moment: time.sleep(SECONDS_PER_MAIL)
    left_behind = 0
    folder = trial.folder / "installation"
    sending = {
        "NACHKLANG_SMTP_HOST": "127.0.0.1",
        "NACHKLANG_SMTP_PORT": str(server.port),
        "NACHKLANG_SMTP_SECURITY": "none",
        "NACHKLANG_MAILS_PER_SECOND": "1000",
        "NACHKLANG_MAILS_PER_SECOND_AND_DOMAIN": "1000",
    }
    with Nursery(server_environment(folder, inst.settings.postgresql) | sending) as nursery:
        nodes = make_nodes(nursery, folder)
        waiting, clients = insist_all(nodes, book, CLIENTS)
        _await_mails(server, BEFORE_THE_FIRST)
        for number in range(trial.times):
            nodes[number % len(nodes)].restart()
            if number == 0:
                left_behind = len(addresses) - len(server.received)
                assert left_behind > 0, "all mails had left before a machine was restarted"
            await_thanks(book, clients, BETWEEN_RESTARTS)
        _await_mails(server, len(addresses))
        book.is_over.set()
        await_work(clients)
    got = Counter(server.addresses)
    unsent = len(addresses - got.keys())
    twice = got.total() - len(got)
    return Outcome(
        trial.times,
        "restarts of one of two machines",
        lost_of(book, inst, record) + len(check_urns(inst)) + unsent + twice,
        f"{book.thanks:,} answers thanked for, {waiting.refused} refused,"
        f" at most {waiting.longest:.1f} s until thanked; {got.total()} mails, {left_behind} of them after the"
        f" first restart, {twice} twice",
    )


def _queue_invitations(inst: Installation) -> set[str]:
    """Of other editions, for whichever worker looks first."""
    addresses = set()
    for name in OTHERS:
        store_edition(inst, congress(name))
        found = [
            Registration(f"person{n:05}@{name}.example.org", f"Person {n:05}", line=n)
            for n in range(INVITED)
        ]
        apply_import(inst, name, plan_import(inst, name, found, add_only=False))
        invite(inst, name)
        addresses |= {registration.address for registration in found}
    return addresses


def _await_mails(server: Relay, number: int) -> None:
    until = time.monotonic() + 120
    while len(server.received) < number:
        assert time.monotonic() < until, "the mails do not leave"
        time.sleep(0.01)
