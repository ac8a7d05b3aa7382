"""What it costs to show somebody the form: against a bare reply of the same web server, and in bytes."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bench.browsers import browse, get
from bench.open_congress import open_congress
from bench.processes import cpu_seconds, interleaved, median_ratio
from bench.servers import program, service
from bench.table import Cost, Row
from survey.web.kept_pages import OFTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.servers import Server
    from bench.table import Finding

PEOPLE = 720
"""Twenty for each of the 36 pairs of workshops."""
BROWSERS = 16


def measure(*, quick: bool) -> Iterator[Finding]:
    """CPU of a GET of a personal form of 25 questions, and the bytes of its page."""
    requests, rounds = (2_000, 5) if quick else (5_000, 11)
    with open_congress(PEOPLE) as congress:
        forms = [get(f"/f/{token}") for token in congress.tokens]
        with (
            service(congress.environment) as ours,
            program("bench.bare_reply", environment={}) as bare,
        ):
            sides = {"form": ours, "bare": bare}
            for server in sides.values():
                browse(server.port, forms, browsers=BROWSERS)  # every page is drawn once
            for _ in range(OFTEN):
                browse(ours.port, forms, browsers=1)
            sizes = browse(ours.port, forms[:36], browsers=1).sizes
            cpu = interleaved(
                {name: _cost(server, forms, requests) for name, server in sides.items()},
                rounds=rounds,
            )
            yield Row(
                "CPU of showing a form of 25 questions, against a bare “ok” of the same server",
                4.0,
                median_ratio(cpu["form"], cpu["bare"]),
                note=", ".join(
                    f"{name} {statistics.median(found) * 1e6:.0f} µs" for name, found in cpu.items()
                ),
            )
            yield Row(
                "Bytes of its page with style sheet, in Brotli, the largest of 36",
                6144.0,
                max(sizes),
                unit=" bytes",
            )
            yield Cost("form.cpu", statistics.median(cpu["form"]), "s", "showing a form once")


def _cost(server: Server, forms: list[bytes], number: int) -> Callable[[], float]:
    requests = [forms[n % len(forms)] for n in range(number)]

    def cost() -> float:
        before = cpu_seconds(server.process)
        browse(server.port, requests, browsers=BROWSERS)
        return (cpu_seconds(server.process) - before) / number

    return cost
