"""Counting an urn, against no more than opening its boxes; and who answers another edition meanwhile."""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from bench.large_congress import close, fill_urn, installation, large_congress, with_people
from bench.processes import percentile
from bench.table import Cost, Row
from survey.counting import count_edition
from survey.storage import boxes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.table import Finding
    from survey.installation import Installation
    from survey.model.event import EditionRecord

BOXES = 10_000
A_SECOND = 100
"""Answers to the other edition, paced, while its neighbour is counted."""
_WAIT = 1 / A_SECOND


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
        other = with_people(inst, replace(large_congress("kk2021")), 1)
        record = with_people(inst, large_congress(), people)
        fill_urn(inst, record)
        close(clock, record)
        alone = _while_waiting(inst, other, threading.Event(), seconds=5.0)
        counted = threading.Event()
        counting = threading.Thread(target=_count_apart, args=(inst, record, counted))
        counting.start()
        beside = _while_waiting(inst, other, counted, seconds=600.0)
        counting.join()
        return alone, beside


def _count_apart(inst: Installation, record: EditionRecord, counted: threading.Event) -> None:
    try:
        count_edition(inst, record.name, by_hand=True, progress=lambda _message: None)
    finally:
        counted.set()


def _while_waiting(
    inst: Installation, other: EditionRecord, done: threading.Event, *, seconds: float
) -> list[float]:
    found = []
    ends = due = time.perf_counter()
    ends += seconds
    while not done.is_set() and due < ends:
        time.sleep(max(0.0, due - time.perf_counter()))
        slot, box = inst.random_bytes(32).hex(), inst.random_bytes(other.edition.box_size)
        inst.database.write(lambda c, slot=slot, box=box: boxes.insert(c, other.id, slot, box))  # type: ignore[misc]
        found.append(time.perf_counter() - due)
        due += _WAIT
    return found
