"""Ten editions side by side: in an installation that has counted a million answers, in smaller ones, and from rows."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.counted_congresses import congress_number, counted, store_counted
from bench.large_congress import installation
from bench.processes import ended, interleaved, median_ratio
from bench.results import ROOT
from bench.table import Cost, Row
from survey.comparing import kept_comparisons, kept_editions
from survey.comparing.comparison import compare
from survey.comparing.series import find_series
from survey.model.event import MAIN_ORGANISATION
from survey.storage.connection import open_connection
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bench.counted_congresses import Counted
    from bench.table import Finding
    from survey.installation import Installation

EDITIONS = 10
SMALL = 1_000
LARGE = 10_000
"""Answers to each edition: 10,000 in ten of them, 1,000,000 in a hundred."""
SERIES = "Kongress 0"
AGAIN = "again"
ANEW = "anew"


def measure(*, quick: bool) -> Iterable[Finding]:
    """A comparison of the same ten editions beside 90 others and alone, of ten small ones, and from rows per answer."""
    few = [counted(SMALL, seed=seed) for seed in range(EDITIONS)]
    many = [counted(LARGE, seed=seed).tallying for seed in range(2 if quick else EDITIONS)]
    with ExitStack() as stack:
        beside, alone, small = (stack.enter_context(installation())[0] for _ in range(3))
        for number in range(EDITIONS * EDITIONS):
            store_counted(beside, congress_number(number), many[number % len(many)])
        for number in range(EDITIONS):
            store_counted(alone, congress_number(number), many[number % len(many)])
            store_counted(small, congress_number(number), few[number].tallying)
        rows = small.settings.data / "answers.db"
        _keep_rows(rows, few)
        # Each in a process of its own: what is kept in memory is kept for one installation.
        sides = {
            name: stack.enter_context(_comparing(inst))
            for name, inst in (("beside", beside), ("alone", alone), ("small", small))
        }
        first, *_ = [compare_in(ANEW) for compare_in in sides.values()]
        anew = interleaved(
            {name: partial(compare_in, ANEW) for name, compare_in in sides.items()}
            | {"rows": lambda: _add_up(rows)},
            rounds=5 if quick else 11,
        )
        for compare_in in sides.values():
            compare_in(AGAIN)
        again = interleaved(
            {name: partial(compare_in, AGAIN) for name, compare_in in sides.items()},
            rounds=9 if quick else 31,
        )
    yield from _rows(again, anew, first=first)


def _rows(
    again: Mapping[str, list[float]], anew: Mapping[str, list[float]], *, first: float
) -> Iterable[Finding]:
    middle = {name: statistics.median(found) * 1000 for name, found in again.items()}
    fresh = {name: statistics.median(found) * 1000 for name, found in anew.items()}
    yield Row(
        "Comparison of ten editions where 1,000,000 answers were counted, asked for again: CPU",
        200,
        middle["beside"],
        " ms",
        note="from memory, after reading whether it is still right",
    )
    yield Row(
        "The same, of editions that the process has not seen yet: CPU",
        200,
        fresh["beside"],
        " ms",
        note=f"{first * 1000:.0f} ms as the first of a process",
    )
    yield Row(
        "The same ten editions of 10,000 answers, beside 90 others and in an installation of their own",
        1.2,
        median_ratio(again["beside"], again["alone"]),
        note=f"asked for again: {middle['beside']:.0f} ms against {middle['alone']:.0f} ms; not seen yet: "
        f"{median_ratio(anew['beside'], anew['alone']):.2f} ×",
    )
    yield Row(
        "The same, against ten editions of 1,000 answers, 10,000 in all",
        1.2,
        median_ratio(again["beside"], again["small"]),
        note=f"asked for again: {middle['beside']:.0f} ms against {middle['small']:.0f} ms; not seen yet: "
        f"{median_ratio(anew['beside'], anew['small']):.2f} ×",
    )
    yield Row(
        "Rows kept per answer, only added up, for 10,000 answers: CPU against that of a comparison not seen yet",
        1,
        median_ratio(anew["rows"], anew["small"]),
        bound="at least",
        note=f"{fresh['rows']:.0f} ms, growing with every answer, against {fresh['small']:.0f} ms; "
        f"asked for again, {fresh['rows'] / middle['small']:.1f} × of {middle['small']:.0f} ms",
    )
    yield Cost("comparison.cpu", middle["beside"] / 1000, "s", "a comparison of ten editions")


@contextmanager
def _comparing(inst: Installation) -> Iterator[Callable[[str], float]]:
    """A process that compares in this installation when it is asked to, and tells the CPU it took."""
    command = [sys.executable, "-m", "bench.comparing", str(inst.settings.data.parent)]
    process = subprocess.Popen(  # noqa: S603 -- ourselves
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    if process.stdin is None or process.stdout is None:
        raise ValueError(command)
    asked, told = process.stdin, process.stdout

    def compare_in(how: str) -> float:
        print(how, file=asked, flush=True)
        return float(told.readline())

    with ended(process.pid), asked, told:
        yield compare_in


def _compare_when_asked(folder: str) -> None:
    inst = at_rest(Path(folder), StoppedClock())
    for line in sys.stdin:
        if line.strip() == ANEW:
            kept_editions._KEPT.clear()  # noqa: SLF001 -- as in a process that has not seen them
            kept_comparisons._KEPT.clear()  # noqa: SLF001 -- the same
        print(_compare(inst), flush=True)


def _compare(inst: Installation) -> float:
    begun = time.process_time()
    found = compare(inst, find_series(inst, MAIN_ORGANISATION, SERIES))
    spent = time.process_time() - begun
    if len(found.editions) != EDITIONS:
        raise ValueError(len(found.editions))
    return spent


def _keep_rows(path: Path, editions: Sequence[Counted]) -> None:
    with closing(open_connection(path)) as connection:
        connection.execute(
            """
            CREATE TABLE answer (
                edition INTEGER NOT NULL,
                item TEXT NOT NULL,
                response INTEGER NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (edition, item, response, value)
            ) STRICT, WITHOUT ROWID
            """
        )
        connection.execute("BEGIN")
        for edition, one in enumerate(editions):
            connection.executemany(
                """
                INSERT INTO answer (edition, item, response, value)
                VALUES (:edition, :item, :response, :value)
                """,
                [
                    {"edition": edition, "item": item, "response": number, "value": value}
                    for number, response in enumerate(one.responses)
                    for item, answer in response.answers.items()
                    for value in answer.choices
                ],
            )
        connection.execute("COMMIT")


def _add_up(path: Path) -> float:
    begun = time.process_time()
    with closing(open_connection(path)) as connection:
        connection.execute(
            "SELECT edition, item, value, COUNT(*) AS n FROM answer GROUP BY edition, item, value"
        ).fetchall()
    return time.process_time() - begun


if __name__ == "__main__":
    _compare_when_asked(*sys.argv[1:])
