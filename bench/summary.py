"""The summary of a large congress: the one value that every page and report draws on, from what the count has left."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from bench.counted_congresses import congress_number, counted, store_counted
from bench.large_congress import installation
from bench.table import Cost, Row
from exports.summary_json import summary_json
from survey.reporting.published import published_summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.table import Finding

ANSWERS = 10_000


def measure(*, quick: bool) -> Iterable[Finding]:
    """The first summary of an edition that this process makes, and what its intervals cost when they are printed."""
    found = counted(ANSWERS, seed=0)
    rounds = 3 if quick else 9
    with installation() as (inst, _):
        spent, printed = [], []
        for number in range(rounds):
            # Each round has numbers of its own: nothing is remembered of an edition seen before.
            edition = congress_number(number)
            store_counted(
                inst,
                edition,
                counted(ANSWERS - number, seed=0).tallying if number else found.tallying,
            )
            begun = time.process_time()
            summary = published_summary(inst, edition.name)
            spent.append(time.process_time() - begun)
            begun = time.process_time()
            summary_json(summary)
            printed.append(time.process_time() - begun)
    yield Row(
        f"Summary of {ANSWERS:,} answers, 40 questions, 12 workshops: CPU, the first time",
        50,
        statistics.median(spent) * 1000,
        " ms",
        note=f"and {statistics.median(printed) * 1000:.0f} ms for all of its intervals, once they are exported",
    )
    yield Cost("summary.cpu", statistics.median(spent), "s", "the summary of one edition")
