"""The PostgreSQL server dies while many answer, and its standby takes over, again and again.

The standby is synchronous: nobody is thanked before their answer lies on both. The machine that is left is rebuilt as
the next standby, and dies in its turn only when it has caught up.
"""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from survey.urn_watch import check_urns
from tests.faults.clients import invite_people, lost_of, make_book, post
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
from tests.faults.standby import Standby, wait_for_nobody, wait_for_standby
from tests.faults.trial import Outcome
from tests.people import StoppedClock, make_installation
from tests.postgresql_cluster import USER, make_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.installation import Installation
    from tests.faults.server_nodes import Node
    from tests.faults.trial import Trial
    from tests.postgresql_cluster import Cluster

CLIENTS = 4
PEOPLE = 60
MOST_ANSWERS = 100_000
BETWEEN_FAILOVERS = 40
"""Answers thanked for."""
_NEXT_ONES = 10
_BETWEEN = 0.3
"""Seconds; longer than the service needs to find the other server."""
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "synchronous_commit": "on",
}
"""Everything else as PostgreSQL has it, syncs above all."""


def run(trial: Trial) -> Outcome:
    """So many failovers; lost are answers that were thanked for."""
    seconds: list[float] = []
    with _service(trial) as (pair, inst, nodes):
        record, tokens = invite_people(inst, PEOPLE)
        book = make_book(tokens, MOST_ANSWERS, trial.chance)
        waiting, clients = insist_all(nodes, book, CLIENTS)
        for _ in range(trial.times):
            pair.add_standby()
            wait_for_standby(pair.primary)
            await_thanks(book, clients, BETWEEN_FAILOVERS)
            pair.fail_over()
            seconds.append(await_thanks(book, clients, 1))
        await_thanks(book, clients, BETWEEN_FAILOVERS)
        book.is_over.set()
        await_work(clients)
        lost = lost_of(book, inst, record) + len(check_urns(inst))
    again = waiting.refused + waiting.turned_away
    return Outcome(
        trial.times,
        "servers killed",
        lost,
        f"{book.thanks:,} answers thanked for, {again} asked to come again,"
        f" the next one thanked for after at most {max(seconds):.1f} s",
    )


def lose_what_no_standby_has(trial: Trial) -> tuple[int, set[int | None]]:
    """How many answers are lost where nobody waits for a standby that hears nothing; what is said to the next ones."""
    with _service(trial) as (pair, inst, nodes):
        record, tokens = invite_people(inst, PEOPLE)
        book = make_book(tokens, MOST_ANSWERS, trial.chance)
        pair.add_standby().deafen()
        _, clients = insist_all(nodes, book, CLIENTS)
        await_thanks(book, clients, BETWEEN_FAILOVERS)
        book.is_over.set()
        await_work(clients)
        pair.fail_over()
        token, choice = next(iter(book.thanked.items()))
        said = set()
        for _ in range(_NEXT_ONES):
            said.add(post(nodes[0].port, token, choice))
            time.sleep(_BETWEEN)
        return lost_of(book, inst, record), said


class _Pair:
    """A server, and the one that follows it."""

    def __init__(self) -> None:
        self.primary: Cluster = make_cluster(SETTINGS)
        self._standby: Standby | None = None
        first = self.primary.directory
        self._places = (first, first.with_name(f"{first.name}-b"))
        make_database(self.primary)

    @property
    def address(self) -> str:
        """Whichever of them takes writes."""
        hosts = ",".join(str(place) for place in self._places)
        return (
            f"host={hosts} user={USER} dbname={DATABASE}"
            " target_session_attrs=read-write connect_timeout=3"
        )

    def add_standby(self) -> Standby:
        """The second server, as a copy of the first."""
        place = next(place for place in self._places if place != self.primary.directory)
        self._standby = Standby(self.primary, place)
        return self._standby

    def fail_over(self) -> None:
        """The first dies, and the second takes its place."""
        assert self._standby is not None
        self.primary.stop()
        self._standby.promote()
        wait_for_nobody(self._standby)
        shutil.rmtree(self.primary.directory)
        self.primary, self._standby = self._standby, None

    def end(self) -> None:
        """Nothing is left of them."""
        for server in (self.primary, self._standby):
            if server is not None:
                server.stop()
                shutil.rmtree(server.directory)


@contextmanager
def _service(trial: Trial) -> Iterator[tuple[_Pair, Installation, tuple[Node, ...]]]:
    pair = _Pair()
    try:
        folder = trial.folder / "installation"
        inst = make_installation(folder, StoppedClock(), postgresql=pair.address)
        with Nursery(server_environment(folder, pair.address)) as nursery:
            yield pair, inst, make_nodes(nursery, folder)
        inst.database.close()
    finally:
        pair.end()
