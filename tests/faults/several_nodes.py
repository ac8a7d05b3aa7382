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
"""Of another edition; so many leave at once before a campaign waits for what comes back."""
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
        _await_mails(server)
        for number in range(trial.times):
            await_thanks(book, clients, BETWEEN_RESTARTS)
            nodes[number % len(nodes)].restart()
        await_thanks(book, clients, BETWEEN_RESTARTS)
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
        f" at most {waiting.longest:.1f} s until thanked; {got.total()} mails, {twice} twice",
    )


def _queue_invitations(inst: Installation) -> set[str]:
    """Of another edition, for whichever worker looks first."""
    store_edition(inst, congress("kk2021"))
    found = [
        Registration(f"person{n:05}@example.org", f"Person {n:05}", line=n) for n in range(INVITED)
    ]
    apply_import(inst, "kk2021", plan_import(inst, "kk2021", found, add_only=False))
    invite(inst, "kk2021")
    return {registration.address for registration in found}


def _await_mails(server: Relay) -> None:
    until = time.monotonic() + 60
    while len(server.received) < INVITED:
        assert time.monotonic() < until, "the mails do not leave"
        time.sleep(0.01)
