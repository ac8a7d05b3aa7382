"""The whole service, pages and worker, is killed at random while many answer over HTTP."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from survey.urn_watch import check_urns
from tests.faults.clients import invite_people, lost_of, make_book, run_clients
from tests.faults.nursery import Nursery, environment_below
from tests.faults.trial import Outcome
from tests.people import StoppedClock, make_installation

if TYPE_CHECKING:
    from random import Random

    from tests.faults.clients import Book
    from tests.faults.trial import Trial

BETWEEN_KILLS = 100
CLIENTS = 6
PEOPLE = 150


def run(trial: Trial, *, hasty: str = "") -> Outcome:
    """So many answers are sent; what was thanked for is in the urn after every kill."""
    inst = make_installation(trial.folder / "installation", StoppedClock())
    record, tokens = invite_people(inst, PEOPLE)
    inst.database.close()
    book = make_book(tokens, trial.times, trial.chance)
    kills = lost = 0
    with Nursery(environment_below(trial.folder / "installation")) as nursery:
        while book.todo:
            kills += _live_and_die(nursery, book, trial.chance, hasty)
            lost += lost_of(book, inst, record) + len(check_urns(inst))
            inst.database.close()
    return Outcome(
        book.thanks, "answers thanked for", lost, f"{kills} kills, {PEOPLE} people, 2 processes"
    )


def _live_and_die(nursery: Nursery, book: Book, chance: Random, hasty: str) -> int:
    """One life of the service; 1 if it was killed under load, 0 if it was let finish."""
    port = free_port()
    pages = nursery.bear("serve", "--without-worker", "--port", str(port), hasty=hasty)
    worker = nursery.bear("work")
    goal = book.thanks + chance.randrange(BETWEEN_KILLS // 2, BETWEEN_KILLS * 3 // 2)
    book.is_over.clear()
    clients = run_clients(port, book, CLIENTS)
    while book.thanks < goal and any(client.is_alive() for client in clients):
        time.sleep(0.001)
    is_loaded = any(client.is_alive() for client in clients)
    pages.kill()
    book.is_over.set()
    worker.kill()
    for client in clients:
        client.join()
    return int(is_loaded)


def free_port() -> int:
    """A port nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
