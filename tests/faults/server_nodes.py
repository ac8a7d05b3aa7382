"""Machines that share one PostgreSQL server, each with pages, a worker and folders of its own, and their visitors."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from survey.storage.postgresql_schema import migrate_server
from tests.faults.clients import NOT_NOW, THANKS, post
from tests.faults.hands import Hand, await_work
from tests.faults.nursery import environment_below
from tests.faults.service_kills import free_port

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.faults.clients import Book
    from tests.faults.hands import Count
    from tests.faults.nursery import Nursery, Service
    from tests.postgresql_cluster import Cluster

NODES = 2
DATABASE = "nachklang"
_PAUSE = 0.02
_SECONDS = 120


@dataclass(slots=True)
class Waiting:
    """How those fared who came when somebody was away."""

    refused: int = 0
    """Attempts that had no reply."""
    turned_away: int = 0
    """Attempts that were asked to come again."""
    longest: float = 0.0
    """Seconds from the first attempt of one answer to its thanks."""
    lock: threading.Lock = field(default_factory=threading.Lock)


class Node:
    """One machine: its pages and its worker."""

    def __init__(self, nursery: Nursery, data: Path) -> None:
        self.port = free_port()
        self._nursery = nursery
        self._data = data
        self._born: tuple[Service, ...] = ()
        self.start()

    def start(self) -> None:
        """Pages and worker run."""
        at = ("--data", str(self._data))
        pages = self._nursery.bear("serve", "--without-worker", "--port", str(self.port), *at)
        self._born = (pages, self._nursery.bear("work", *at))

    def restart(self) -> None:
        """Both finish what they have begun, and are started anew."""
        for service in self._born:
            service.signal(signal.SIGTERM)
        for service in self._born:
            service.wait()
        self.start()


def server_environment(installation: Path, address: str) -> dict[str, str]:
    """The settings that all machines have in common."""
    return environment_below(installation) | {"NACHKLANG_POSTGRESQL": address}


def make_nodes(nursery: Nursery, installation: Path) -> tuple[Node, ...]:
    """The machines; they share the server and the folder of keys, as from a network drive."""
    keys = installation / "data" / "keys"
    folders = [installation / f"machine-{number}" for number in range(NODES)]
    for folder in folders:
        folder.mkdir()
        (folder / "keys").symlink_to(keys)
        (folder / "witness").mkdir()
    return tuple(Node(nursery, folder) for folder in folders)


def make_database(cluster: Cluster) -> None:
    """An empty database with our tables."""
    cluster.order(f"CREATE DATABASE {DATABASE}")
    migrate_server(cluster.address(DATABASE))


def insist_all(
    nodes: tuple[Node, ...], book: Book, number: int
) -> tuple[Waiting, tuple[Hand, ...]]:
    """So many browsers behind a balancer, whose people try again until thanked."""
    waiting = Waiting()
    ports = [node.port for node in nodes]
    clients = tuple(
        Hand(partial(_insist, ports[n % NODES :] + ports[: n % NODES], book, waiting))
        for n in range(number)
    )
    for client in clients:
        client.start()
    return waiting, clients


def _insist(ports: list[int], book: Book, waiting: Waiting, count: Count) -> None:
    while not book.is_over.is_set():
        with book.lock:
            place = next(n for n, (token, _) in enumerate(book.todo) if token not in book.flying)
            token, choice = book.todo.pop(place)
            book.flying.add(token)
            book.unsure.setdefault(token, set()).add(choice)
        began = time.monotonic()
        attempt = 0
        while (status := post(ports[attempt % NODES], token, choice)) != THANKS:
            assert status in {None, NOT_NOW}, status
            with waiting.lock:
                waiting.refused += status is None
                waiting.turned_away += status == NOT_NOW
            attempt += 1
            if book.is_over.is_set():
                break
            time.sleep(_PAUSE)
        with book.lock:
            book.flying.discard(token)
            if status == THANKS:
                count()
                book.thanks += 1
                book.thanked[token] = choice
                del book.unsure[token]
        with waiting.lock:
            waiting.longest = max(waiting.longest, time.monotonic() - began)


def await_thanks(book: Book, clients: Sequence[Hand], more: int) -> float:
    """Until so many more are thanked for; how many seconds that took."""
    began = time.monotonic()
    goal = book.thanks + more
    while book.thanks < goal:
        time.sleep(0.001)
        gone = [client for client in clients if not client.is_alive()]
        await_work(gone)
        assert not gone, "a browser gave up"
        assert time.monotonic() - began < _SECONDS, "nobody is thanked any more"
    return time.monotonic() - began
