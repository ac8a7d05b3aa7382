"""Ten editions side by side, in small and in large installations, and with rows kept per answer."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from bench.counted_congresses import congress_number, counted, store_counted
from bench.large_congress import installation
from bench.processes import interleaved, median_ratio
from bench.table import Cost, Row
from survey.comparing.comparison import compare
from survey.comparing.series import find_series
from survey.model.event import MAIN_ORGANISATION
from survey.storage.connection import open_connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bench.counted_congresses import Counted
    from bench.table import Finding
    from survey.installation import Installation

EDITIONS = 10
SMALL = 1_000
LARGE = 10_000
"""Answers to each edition: 10,000 in ten of them, 1,000,000 in a hundred."""


def measure(*, quick: bool) -> Iterable[Finding]:
    """A comparison of ten where 1,000,000 answers were counted, where 10,000 were, and from rows per answer."""
    few = [counted(SMALL, seed=seed) for seed in range(EDITIONS)]
    many = [counted(LARGE, seed=seed).tallying for seed in range(2 if quick else EDITIONS)]
    with ExitStack() as stack:
        small, _ = stack.enter_context(installation())
        large, _ = stack.enter_context(installation())
        for number, one in enumerate(few):
            store_counted(small, congress_number(number), one.tallying)
        for number in range(EDITIONS * EDITIONS):
            store_counted(large, congress_number(number), many[number % len(many)])
        rows = small.settings.data / "answers.db"
        _keep_rows(rows, few)
        first = _compare(large)
        # Editions that the process has not seen yet, once it has loaded what it needs.
        unseen = [_compare(large, number) for number in range(1, 4 if quick else EDITIONS)]
        spent = interleaved(
            {
                "large": lambda: _compare(large),
                "small": lambda: _compare(small),
                "rows": lambda: _add_up(rows),
            },
            rounds=5 if quick else 15,
        )
    middle = statistics.median(spent["large"])
    yield Row(
        "Comparison of ten editions where 1,000,000 answers were counted: CPU",
        200,
        middle * 1000,
        " ms",
        note=f"from memory; {statistics.median(unseen) * 1000:.0f} ms for editions not seen yet, "
        f"{first * 1000:.0f} ms as the first of a process",
    )
    yield Row(
        "The same, against an installation that has counted 10,000",
        1.2,
        median_ratio(spent["large"], spent["small"]),
    )
    yield Row(
        "Rows kept per answer, only added up, for 10,000 answers: CPU against that of the whole comparison",
        1,
        median_ratio(spent["rows"], spent["small"]),
        bound="at least",
        note=f"{statistics.median(spent['rows']) * 1000:.0f} ms, growing with every answer",
    )
    yield Cost("comparison.cpu", middle, "s", "a comparison of ten editions")


def _compare(inst: Installation, number: int = 0) -> float:
    begun = time.process_time()
    found = compare(inst, find_series(inst, MAIN_ORGANISATION, f"Kongress {number}"))
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
