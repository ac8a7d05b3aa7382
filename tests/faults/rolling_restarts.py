"""The service is stopped and started anew, again and again, while many answer and try again when refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from survey.urn_watch import check_urns
from tests.faults.clients import THANKS, Book, invite_people, lost_of, make_book, post
from tests.faults.hands import Hand, await_work
from tests.faults.nursery import ROOT, environment_below
from tests.faults.service_kills import free_port
from tests.faults.trial import Outcome
from tests.people import StoppedClock, make_installation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.faults.hands import Count
    from tests.faults.trial import Trial

CLIENTS = 4
PEOPLE = 100
MOST_ANSWERS = 100_000
BETWEEN_RESTARTS = 20
"""Answers thanked for."""
HAND_OVER = 'exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
"""What systemd does for a service whose port it holds open."""


@dataclass(slots=True)
class Waiting:
    """How those fared who came during a restart."""

    refused: int = 0
    """Answers that had no reply at the first attempt."""
    longest: float = 0.0
    """Seconds from the first attempt of one answer to its thanks."""
    lock: threading.Lock = field(default_factory=threading.Lock)


def run(trial: Trial) -> Outcome:
    """So many restarts, half of them with the port handed over."""
    inst = make_installation(trial.folder / "installation", StoppedClock())
    record, tokens = invite_people(inst, PEOPLE)
    book = make_book(tokens, MOST_ANSWERS, trial.chance)
    lost = 0
    measured = []
    for handed in (True, False):
        waiting = Waiting()
        book.is_over.clear()
        _restart_under_load(trial, book, waiting, handed=handed)
        lost += lost_of(book, inst, record) + len(check_urns(inst))
        measured.append(
            f"port {'handed over' if handed else 'taken anew'}: {waiting.refused} refused, "
            f"at most {waiting.longest:.1f} s until thanked"
        )
    inst.database.close()
    measured.append(f"{book.thanks:,} answers thanked for")
    return Outcome(trial.times // 2 * 2, "restarts", lost, "; ".join(measured))


def _restart_under_load(trial: Trial, book: Book, waiting: Waiting, *, handed: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1] if handed else free_port()
        service = _start(trial.folder, port, held if handed else None)
        clients = [Hand(partial(_insist, port, book, waiting)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for _ in range(trial.times // 2):
            _await(book, clients, book.thanks + BETWEEN_RESTARTS)
            _stop(service)
            service = _start(trial.folder, port, held if handed else None)
        _await(book, clients, book.thanks + BETWEEN_RESTARTS)
        book.is_over.set()
        await_work(clients)
        _stop(service)


def _await(book: Book, clients: Sequence[Hand], goal: int) -> None:
    while book.thanks < goal:
        time.sleep(0.001)
        gone = [client for client in clients if not client.is_alive()]
        await_work(gone)
        assert not gone, "a browser gave up"


def _start(folder: Path, port: int, held: socket.socket | None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "survey", "serve", "--port", str(port)]
    service = subprocess.Popen(
        command if held is None else ["sh", "-c", HAND_OVER, "sh", *command],
        cwd=ROOT,
        env=os.environ | environment_below(folder / "installation"),
        stdin=subprocess.DEVNULL if held is None else held.fileno(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert service.stdout is not None
    assert str(port) in service.stdout.readline()  # it says its address once it is up
    return service


def _stop(service: subprocess.Popen[str]) -> None:
    service.send_signal(signal.SIGTERM)
    with service:
        assert service.wait(60) == 0


def _insist(port: int, book: Book, waiting: Waiting, count: Count) -> None:
    """One browser whose person tries again until thanked."""
    while not book.is_over.is_set():
        with book.lock:
            place = next(n for n, (token, _) in enumerate(book.todo) if token not in book.flying)
            token, choice = book.todo.pop(place)
            book.flying.add(token)
            book.unsure.setdefault(token, set()).add(choice)
        began = time.monotonic()
        is_refused = False
        while (status := post(port, token, choice)) is None:
            is_refused = True
            time.sleep(0.02)
        with book.lock:
            assert status == THANKS, status
            count()
            book.flying.discard(token)
            book.thanks += 1
            book.thanked[token] = choice
            del book.unsure[token]
        with waiting.lock:
            waiting.refused += is_refused
            waiting.longest = max(waiting.longest, time.monotonic() - began)
