"""Fifty browsers answer at two serving processes, while a worker works, backups are made and the log is emptied."""

from __future__ import annotations

import threading
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from survey.keeping.backup import make_backup
from survey.storage import upkeep
from survey.storage.connection import open_connection
from survey.urn_watch import check_urns
from tests.faults.clients import invite_people, lost_of, make_book, run_clients
from tests.faults.hands import Hand, await_work
from tests.faults.nursery import Nursery, environment_below
from tests.faults.service_kills import free_port
from tests.faults.trial import Outcome
from tests.people import StoppedClock, at_rest, make_installation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.hands import Count
    from tests.faults.trial import Trial

WRITERS = 50
PEOPLE = 400


def run(trial: Trial) -> Outcome:
    """So many answers; one that is refused counts as lost, and so does any damage."""
    folder = trial.folder / "installation"
    inst = make_installation(folder, StoppedClock())
    record, tokens = invite_people(inst, PEOPLE)
    inst.database.close()
    book = make_book(tokens, trial.times, trial.chance)
    is_over = threading.Event()
    with Nursery(environment_below(folder)) as nursery:
        ports = (free_port(), free_port())
        for port in ports:
            nursery.bear("serve", "--without-worker", "--port", str(port))
        nursery.bear("work")
        beside = [Hand(partial(work, folder, is_over)) for work in (_back_up, _empty)]
        clients = [c for port in ports for c in run_clients(port, book, WRITERS // 2)]
        for hand in beside:
            hand.start()
        try:
            await_work(clients)
        finally:
            is_over.set()
        await_work(beside)
    unanswered = len(book.seconds) - book.thanks - book.turned_away
    faults = len(upkeep.faults(inst.settings.database)) + len(check_urns(inst))
    lost = lost_of(book, inst, record) + book.turned_away + unanswered + faults + len(book.todo)
    inst.database.close()
    slow = sorted(book.seconds)[len(book.seconds) * 99 // 100]
    rate = book.thanks / (sum(book.seconds) / WRITERS)
    return Outcome(
        book.thanks,
        "answers of 50 at once",
        lost,
        f"{book.turned_away} refused, {beside[0].done} backups and {beside[1].done} checkpoints beside; "
        f"{rate:.0f} answers/s, 99 % within {slow:.1f} s (clients on the same machine)",
    )


def _back_up(folder: Path, is_over: threading.Event, count: Count) -> None:
    inst = at_rest(folder, StoppedClock())
    _repeat(lambda: make_backup(inst), is_over, count, pause=0.5)
    inst.database.close()


def _empty(folder: Path, is_over: threading.Event, count: Count) -> None:
    database = at_rest(folder, StoppedClock()).settings.database
    with closing(open_connection(database)) as connection:
        empty = "PRAGMA wal_checkpoint(TRUNCATE)"
        _repeat(lambda: connection.execute(empty).fetchall(), is_over, count, pause=0.1)


def _repeat(
    work: Callable[[], object], is_over: threading.Event, count: Count, *, pause: float
) -> None:
    is_last = False
    while not is_last:
        is_last = is_over.wait(pause)
        work()
        count()
