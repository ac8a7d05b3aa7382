"""What it costs to keep an answer durably: against the same handler that checks and seals and does not write."""

from __future__ import annotations

import statistics
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.browsers import browse, post
from bench.large_congress import made_up_response
from bench.open_congress import open_congress
from bench.processes import cpu_seconds, interleaved, median_ratio, percentile
from bench.servers import program, service
from bench.table import Cost, Row
from survey.model.answering import fields_of
from survey.model.personal_form import personal_form
from survey.storage import boxes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bench.open_congress import OpenCongress
    from bench.servers import Server
    from bench.table import Finding

BROWSERS = 200
SEED = 7
THANKS = 303
PER_SECOND = 500
MOST_RATIO = 1.5
MOST_MILLISECONDS = 15.0


def measure(*, quick: bool) -> Iterator[Finding]:
    """CPU of a durable answer, and how long the slowest wait, with and without the write."""
    requests, rounds = (600, 5) if quick else (1_500, 9)
    paced, paced_rounds = (1_500, 2) if quick else (5_000, 3)
    people = BROWSERS + rounds * requests + paced_rounds * paced
    with open_congress(people + paced) as congress:
        answers = answers_of(congress)
        # Each of these is kept once; whoever sends the others has never answered, however often.
        kept, forgotten = iter(answers[:people]), cycle(answers[people:])
        environment = congress.environment
        with (
            service(environment) as ours,
            program("bench.without_write", environment=environment) as without,
            program("bench.second_writer", environment=environment) as second,
        ):
            sides = {"with the write": (ours, kept), "without": (without, forgotten)}
            for server, queue in sides.values():
                browse(server.port, list(islice(queue, BROWSERS)), browsers=BROWSERS, status=THANKS)
            cpu = interleaved(
                {name: _cost(*side, requests) for name, side in sides.items()}, rounds=rounds
            )
            waits = interleaved(
                {name: _slowest(*side, paced) for name, side in sides.items()}, rounds=paced_rounds
            )
            cpu_seconds(second.process)  # it is still there: no write of its own has failed
        stored = boxes.count(congress.inst.database.read(), congress.record.id)
        if stored != people:
            raise AssertionError(f"{people} were thanked, {stored} answers are kept")
    yield Row(
        "CPU of a durable, sealed answer from 200 parallel browsers, against the same without the write",
        MOST_RATIO,
        median_ratio(cpu["with the write"], cpu["without"]),
        note=_figures(cpu, 1e6, "µs"),
    )
    yield Row(
        "The slowest of 100 answers at 500 a second, above the same without the write",
        MOST_MILLISECONDS,
        (statistics.median(waits["with the write"]) - statistics.median(waits["without"])) * 1000,
        unit=" ms",
        note=_figures(waits, 1e3, "ms"),
    )
    yield Cost("answer.cpu", statistics.median(cpu["with the write"]), "s", "keeping an answer")


def answers_of(congress: OpenCongress) -> list[bytes]:
    """The request with which each of its people sends a complete answer."""
    chance = Random(SEED)
    edition = congress.record.edition
    found = []
    for token, booked in zip(congress.tokens, congress.bookings, strict=True):
        form = personal_form(edition, frozenset(booked))
        fields = fields_of(form, made_up_response(edition, booked, chance))
        typed = [(name, value) for name, values in fields.items() for value in values]
        body = urlencode([*typed, ("_action", "submit")]).encode("ascii")
        found.append(post(f"/f/{token}", body))
    return found


def _cost(server: Server, queue: Iterator[bytes], number: int) -> Callable[[], float]:
    def cost() -> float:
        lot = list(islice(queue, number))
        before = cpu_seconds(server.process)
        browse(server.port, lot, browsers=BROWSERS, status=THANKS)
        return (cpu_seconds(server.process) - before) / number

    return cost


def _slowest(server: Server, queue: Iterator[bytes], number: int) -> Callable[[], float]:
    def slowest() -> float:
        load = browse(
            server.port,
            list(islice(queue, number)),
            browsers=BROWSERS,
            status=THANKS,
            per_second=PER_SECOND,
        )
        return percentile(load.seconds, 0.99)

    return slowest


def _figures(found: Mapping[str, list[float]], scale: float, unit: str) -> str:
    return ", ".join(
        f"{name} {statistics.median(values) * scale:.0f} {unit}" for name, values in found.items()
    )
