"""How small the service is: memory and start of the web process, and what a worker with nothing to do costs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bench.browsers import browse, get
from bench.open_congress import open_congress
from bench.processes import cpu_seconds, peak_mebibytes, resident_mebibytes
from bench.servers import service, worker
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.table import Finding

PEOPLE = 72
"""Two for each of the 36 pairs of workshops."""
LOOKS = 10
"""Of each of them."""
BROWSERS = 16
MOST_MEBIBYTES = 60.0
MOST_SECONDS = 1.0
MOST_IDLE = 0.005
"""Of one core: half a second in a hundred is less than the clock of most machines' accounting."""


def measure(*, quick: bool) -> Iterator[Finding]:
    """Memory and CPU of the web process, and CPU of an idle worker."""
    seconds = 20 if quick else 120
    with open_congress(PEOPLE) as congress:
        forms = [get(f"/f/{token}") for token in congress.tokens]
        with service(congress.environment) as ours:
            started = cpu_seconds(ours.process)
            browse(ours.port, forms * LOOKS, browsers=BROWSERS)
            memory, peak = resident_mebibytes(ours.process), peak_mebibytes(ours.process)
        yield Row("CPU that the web process takes to start", MOST_SECONDS, started, unit=" s")
        yield Row(
            f"Memory of the web process after {PEOPLE * LOOKS} requests of {PEOPLE} people for 36 forms",
            MOST_MEBIBYTES,
            memory,
            unit=" MiB",
            note=f"over {BROWSERS} connections; {peak:.0f} MiB while pages were compressed",
        )
        # With a relay, as in earnest: there is nothing to send, but it looks whether there is.
        relay = {"NACHKLANG_SMTP_HOST": "127.0.0.1", "NACHKLANG_SMTP_PORT": "1"}
        with worker({**congress.environment, **relay}) as process:
            time.sleep(5)  # what has fallen due by the start
            before = cpu_seconds(process)
            time.sleep(seconds)
            idle = (cpu_seconds(process) - before) / seconds
        yield Row(
            "CPU of a worker with nothing to do, of one core",
            MOST_IDLE * 100,
            idle * 100,
            unit=" %",
        )
