"""Counting an urn, against no more than opening its boxes; and who answers another edition meanwhile."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from bench.large_congress import close, fill_urn, installation, large_congress, with_people
from bench.processes import percentile
from bench.results import ROOT
from bench.table import Cost, Row
from survey.counting import count_edition
from survey.storage import boxes
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bench.table import Finding
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

BOXES = 10_000
A_SECOND = 100
"""Answers to the other edition, paced, while its neighbour is counted."""
_ALONE = 5.0
"""Seconds."""


def measure(*, quick: bool) -> Iterable[Finding]:
    """The whole count, key and backup and all, over the same boxes' decryptions; then the neighbour's p99."""
    rounds = [_count() for _ in range(1 if quick else 3)]
    ratio = statistics.median(count / bare for count, bare in rounds)
    count, bare = rounds[-1]
    yield Row(
        f"Counting {BOXES:,} boxes: CPU of the whole count, against the bare decryptions",
        2,
        ratio,
        note=f"{count:.1f} s against {bare:.1f} s",
    )
    yield Cost("counting.cpu", count / BOXES, "s", "counting one box, with everything around it")
    alone, beside = _neighbour(people=1_000 if quick else BOXES)
    yield Row(
        "Answers to another edition while one is counted: p99 above the p99 without a count",
        15,
        (percentile(beside, 0.99) - percentile(alone, 0.99)) * 1000,
        " ms",
        note=f"{percentile(beside, 0.99) * 1000:.1f} ms against {percentile(alone, 0.99) * 1000:.1f} ms",
    )


def _count() -> tuple[float, float]:
    """CPU seconds of a count, and of opening its boxes and nothing else, before and after."""
    with installation() as (inst, clock):
        record = with_people(inst, large_congress(), BOXES)
        fill_urn(inst, record)
        close(clock, record)
        found = boxes.of_edition(inst.database.read(), record.id)
        key = inst.keys.private_key(record.id)
        before = _bare(record, key, found)
        begun = time.process_time()
        protocol = count_edition(inst, record.name, by_hand=True, progress=lambda _message: None)
        spent = time.process_time() - begun
        if protocol.opened != BOXES:
            raise ValueError(protocol)
        return spent, (before + _bare(record, key, found)) / 2


def _bare(record: EditionRecord, private_key: bytes, found: Sequence[tuple[str, bytes]]) -> float:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    key = X25519PrivateKey.from_private_bytes(private_key)
    begun = time.process_time()
    for slot, box in found:
        suite.decrypt(box, key, f"urn/v1|{record.id}|{slot}".encode("ascii"))
    return time.process_time() - begun


def _neighbour(*, people: int) -> tuple[list[float], list[float]]:
    """How long each write of an answer to the other edition took: while nothing else happens, and during a count."""
    with installation() as (inst, clock):
        other = with_people(inst, large_congress("kk2021"), 1)
        fill_urn(inst, other)
        record = with_people(inst, large_congress(), people)
        fill_urn(inst, record)
        close(clock, record)
        folder = str(inst.settings.data.parent)
        (slot,) = boxes.slots(inst.database.read(), other.id)
        alone = _answers_again(inst, other, slot, until=lambda begun: begun > _ALONE)
        command = [sys.executable, "-m", "bench.counting", folder, record.name, clock().isoformat()]
        counting = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 -- ourselves
        beside = _answers_again(inst, other, slot, until=lambda _: counting.poll() is not None)
        if counting.returncode:
            raise ValueError(counting.returncode)
        return alone, beside


def _answers_again(
    inst: Installation, other: EditionRecord, slot: str, *, until: Callable[[float], bool]
) -> list[float]:
    """One person sends again and again, at a steady pace; how long each answer took from when it was due."""
    found: list[float] = []
    begun = due = time.perf_counter()
    while not until(due - begun):
        time.sleep(max(0.0, due - time.perf_counter()))
        box = inst.random_bytes(other.edition.box_size)
        inst.database.write(partial(_send, edition_id=other.id, slot=slot, box=box))
        found.append(time.perf_counter() - due)
        due += 1 / A_SECOND
    return found


def _send(connection: Connection, *, edition_id: str, slot: str, box: bytes) -> None:
    boxes.replace(connection, edition_id, slot, box)


def _count_apart(folder: str, name: str, moment: str) -> None:
    """In a process of its own, as the worker counts."""
    inst = at_rest(Path(folder), StoppedClock(datetime.fromisoformat(moment)))
    count_edition(inst, name, by_hand=True, progress=lambda _message: None)
    inst.database.close()


if __name__ == "__main__":
    _count_apart(*sys.argv[1:])
