"""Counting an urn, against no more than opening its boxes; and who answers another edition meanwhile."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from bench.answer import THANKS, answers_of
from bench.browsers import browse
from bench.large_congress import close, fill_urn, installation, large_congress, with_people
from bench.open_congress import open_congress
from bench.processes import percentile
from bench.results import ROOT
from bench.servers import service
from bench.table import Cost, Row
from survey.counting import count_edition
from survey.storage import boxes
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bench.servers import Server
    from bench.table import Finding
    from survey.model.event import EditionRecord

BOXES = 10_000
PEOPLE = 720
"""Of the other edition; each sends again and again."""
A_SECOND = 100
"""Answers to the other edition, paced, while its neighbour is counted."""
_BROWSERS = 16
_PHASES = {
    "Umschläge öffnen": "opening",
    "Auszählen": "marking texts",
    "Zahlen schreiben": "writing numbers",
    "Umschläge löschen": "burning",
    "Datenbank verdichten": "compacting",
    "Sicherung anlegen und zur Probe zurückspielen": "backup",
    "Schlüssel vernichten": "the key's end",
}
"""What a count tells of itself, in the words of the table."""
_OVER = "over"


@dataclass(frozen=True, slots=True)
class _Wait:
    """One answer over HTTP: when it was due, and how long its thanks took from then."""

    due: float
    seconds: float


def measure(*, quick: bool) -> Iterable[Finding]:
    """The whole count, key and backup and all, over the same boxes' decryptions; then the neighbour's p99."""
    number = BOXES // 4 if quick else BOXES
    rounds = [_count(number) for _ in range(1 if quick else 3)]
    ratio = statistics.median(count / bare for count, bare in rounds)
    count, bare = (statistics.median(spent) for spent in zip(*rounds, strict=True))
    yield Row(
        f"Counting {number:,} boxes: CPU of the whole count, against the bare decryptions",
        2,
        ratio,
        note=f"{count:.1f} s against {bare:.1f} s",
    )
    yield Cost("counting.cpu", count / number, "s", "counting one box, with everything around it")
    yield _neighbour(people=number, alone_seconds=5 if quick else 10)


def _count(number: int) -> tuple[float, float]:
    """CPU seconds of a count, and of opening its boxes and nothing else, before and after."""
    with installation() as (inst, clock):
        record = with_people(inst, large_congress(), number)
        fill_urn(inst, record)
        close(clock, record)
        found = boxes.of_edition(inst.database.read(), record.id)
        key = inst.keys.private_key(record.id)
        before = _bare(record, key, found)
        begun = time.process_time()
        protocol = count_edition(inst, record.name, by_hand=True, progress=lambda _message: None)
        spent = time.process_time() - begun
        if protocol.opened != number:
            raise ValueError(protocol)
        return spent, (before + _bare(record, key, found)) / 2


def _bare(record: EditionRecord, private_key: bytes, found: Sequence[tuple[str, bytes]]) -> float:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    key = X25519PrivateKey.from_private_bytes(private_key)
    begun = time.process_time()
    for slot, box in found:
        suite.decrypt(box, key, f"urn/v1|{record.id}|{slot}".encode("ascii"))
    return time.process_time() - begun


def _neighbour(*, people: int, alone_seconds: int) -> Row:
    """How long people who answer another edition wait for their thanks, alone and during a count."""
    with open_congress(PEOPLE) as congress:
        clock = StoppedClock()
        house = at_rest(congress.folder, clock)
        record = with_people(house, large_congress("kk2021"), people)
        fill_urn(house, record)
        close(clock, record)
        house.database.close()
        answers = cycle(answers_of(congress))
        with service(congress.environment) as server:
            list(_waits(server, islice(answers, PEOPLE)))  # whatever the first answers bring along
            alone = list(_waits(server, islice(answers, A_SECOND * alone_seconds)))
            told, during = _during_a_count(
                server,
                answers,
                [str(congress.folder), record.name, clock().isoformat()],
            )
            alone += _waits(server, islice(answers, A_SECOND * alone_seconds))
    most, usual = (percentile([one.seconds for one in waits], 0.99) for waits in (during, alone))
    return Row(
        "Answers to another edition while one is counted: p99 above the p99 without a count",
        15,
        (most - usual) * 1000,
        " ms",
        note=f"{most * 1000:.1f} ms against {usual * 1000:.1f} ms; {slowest_by_phase(told, during)}",
    )


def _waits(server: Server, answers: Iterable[bytes]) -> Iterator[_Wait]:
    load = browse(
        server.port, list(answers), browsers=_BROWSERS, status=THANKS, per_second=A_SECOND
    )
    return (_Wait(*one) for one in zip(load.due, load.seconds, strict=True))


def _during_a_count(
    server: Server, answers: Iterator[bytes], arguments: Sequence[str]
) -> tuple[list[tuple[float, str]], list[_Wait]]:
    """When each part of the count began, and the answers that were due while it ran."""
    command = [sys.executable, "-m", "bench.counting", *arguments]
    counting = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- ourselves
    found: list[_Wait] = []
    while counting.poll() is None:
        found += _waits(server, islice(answers, A_SECOND))
    output, _ = counting.communicate()
    if counting.returncode:
        raise ValueError(counting.returncode)
    lines = (line.split(" ", 1) for line in output.splitlines())
    told = [(float(moment), message) for moment, message in lines]
    return told, [one for one in found if told[0][0] <= one.due < told[-1][0]]


def slowest_by_phase(told: Sequence[tuple[float, str]], waits: Sequence[_Wait]) -> str:
    """In which parts of the count the slowest hundredth of the answers were due, and how long each part took."""
    border = percentile([one.seconds for one in waits], 0.99)
    slow = [one for one in waits if one.seconds >= border]
    met: Counter[str] = Counter()
    worst: dict[str, float] = {}
    lasted: dict[str, float] = {}
    for (begun, message), (ended, _) in pairwise(told):
        name = _PHASES.get(message, message)
        lasted[name] = lasted.get(name, 0.0) + ended - begun
        here = [one.seconds for one in slow if begun <= one.due < ended]
        met[name] += len(here)
        worst[name] = max([worst.get(name, 0.0), *here])
    parts = (
        f"{met[name]} while {name} ({lasted[name]:.1f} s long, the slowest {worst[name] * 1000:.0f} ms)"
        for name, _ in met.most_common()
        if met[name]
    )
    others = (f"{name} {lasted[name]:.1f} s" for name in met if not met[name])
    return f"of the {len(slow)} slowest of {len(waits):,}, {', '.join(parts)}; none during {', '.join(others) or '-'}"


def _count_apart(folder: str, name: str, moment: str) -> None:
    """In a process of its own, as the worker counts; each part is printed with the moment at which it began."""

    def tell(message: str) -> None:
        print(time.perf_counter(), message, flush=True)  # the same clock in every process

    inst = at_rest(Path(folder), StoppedClock(datetime.fromisoformat(moment)))
    tell("start")
    count_edition(inst, name, by_hand=True, progress=tell)
    tell(_OVER)
    inst.database.close()


if __name__ == "__main__":
    _count_apart(*sys.argv[1:])
