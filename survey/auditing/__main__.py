"""The long form of the attack: ``python -m survey.auditing [RUNS]``, on throwaway installations, on all cores.

Three of five rehearsals have 5 people, most others 21, one in fifty 200. The last line is the result.
"""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

from survey.auditing.linkage import audit_once
from survey.auditing.protocol import AuditProtocol
from survey.auditing.protocol_words import protocol_text
from survey.language.catalogue import catalogue
from survey.settings import read_settings

if TYPE_CHECKING:
    from survey.auditing.findings import RunResult

RUNS = 200
FEW, SOME, MANY = 5, 21, 200
_EACH_MANY = 50
_FEW_OF_FIVE = 3
_REHEARSED = datetime(2026, 3, 2, 8, tzinfo=UTC)


def sizes(runs: int) -> tuple[int, ...]:
    """How many people answer in each rehearsal, the largest first: they take longest."""
    mixed = (
        MANY if run % _EACH_MANY == _EACH_MANY - 1 else FEW if run % 5 < _FEW_OF_FIVE else SOME
        for run in range(runs)
    )
    return tuple(sorted(mixed, reverse=True))


def rehearse(people: int, seed: int) -> RunResult:
    """One rehearsal in a folder that is gone afterwards; the seed decides who does what, no secret hangs on it."""
    with tempfile.TemporaryDirectory(prefix="nachklang-audit-") as directory:
        work = Path(directory)
        return audit_once(
            read_settings({}, data=work / "nowhere"),
            work / "audit",
            people=people,
            now=_REHEARSED,
            chance=Random(seed),  # noqa: S311 -- a trial that can be repeated
            progress=lambda _done, _of: None,
        )


def main(arguments: list[str]) -> int:
    """0 if nobody is linked, no guess is better than chance, and every control succeeds."""
    runs = int(arguments[0]) if arguments else RUNS
    started = monotonic()
    results: list[RunResult] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        waiting = [pool.submit(rehearse, people, seed) for seed, people in enumerate(sizes(runs))]
        for done, one in enumerate(as_completed(waiting), 1):
            results.append(one.result())
            people = sum(result.people for result in results)
            linked = sum(result.linked for result in results)
            sys.stderr.write(
                f"\r{done}/{runs} runs, {people} people, {linked} linked, {monotonic() - started:.0f} s "
            )
            sys.stderr.flush()
    sys.stderr.write("\n")
    settings = read_settings({}, data=Path("nowhere"))
    protocol = AuditProtocol(tuple(results), _REHEARSED, version("nachklang"))
    sys.stdout.write(protocol_text(protocol, catalogue("en"), zone=settings.zone))
    return 0 if protocol.holds else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
