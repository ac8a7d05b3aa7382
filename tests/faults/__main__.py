"""The trials of faults in their long form: ``python -m tests.faults [R1 R11 …]`` (all of them take hours).

Renews the rows of docs/faults.md that it ran; ends with 1 if anything was lost.
"""

from __future__ import annotations

import fcntl
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.faults.long_forms import LONG_FORMS
from tests.faults.trial import Outcome, Trial
from tests.proofs.documents import DOCUMENTS, block_of, with_block

if TYPE_CHECKING:
    from tests.faults.trial import LongForm

DOCUMENT = DOCUMENTS / "faults.md"
BLOCK = "trials"
HEAD = (
    "| | Fault | Tried | Lost | Measured | On |",
    "|---|---|---|---|---|---|",
)


def main(faults: list[str]) -> int:
    """0 if nothing was lost; 2 if a fault was named that has no trial."""
    chosen = [form for form in LONG_FORMS if not faults or form.fault in faults]
    unknown = set(faults) - {form.fault for form in LONG_FORMS}
    if unknown or not chosen:
        print(f"no trial of {', '.join(sorted(unknown)) or 'anything'}", file=sys.stderr)
        return 2
    lost = 0
    for form in chosen:
        began = time.monotonic()
        outcome = _run(form)
        lost += outcome.lost
        _keep(form, outcome)
        print(
            f"{form.fault} {form.what}: {outcome.lost} lost of {outcome.tried} {outcome.unit}"
            f" ({time.monotonic() - began:.0f} s) {outcome.measured}",
            flush=True,
        )
    print(f"{len(chosen)} trials, {lost} lost")
    return 1 if lost else 0


def row_of(form: LongForm, outcome: Outcome, *, day: str) -> str:
    """One row of the table."""
    return (
        f"| {form.fault} | {form.what} | {outcome.tried:,} {outcome.unit} | {outcome.lost} |"
        f" {outcome.measured} | {day}, Python {platform.python_version()} |"
    )


def renewed(table: str, form: LongForm, row: str) -> str:
    """The table with that trial's row renewed or added, in the order of the trials."""
    order = {f"| {one.fault} | {one.what} |": place for place, one in enumerate(LONG_FORMS)}
    key = f"| {form.fault} | {form.what} |"
    rows = [line for line in table.splitlines() if any(line.startswith(one) for one in order)]
    rows = [line for line in rows if not line.startswith(key)] + [row]
    rows.sort(key=lambda line: next(at for one, at in order.items() if line.startswith(one)))
    return "\n".join([*HEAD, *rows])


def _run(form: LongForm) -> Outcome:
    run = import_module(f"tests.faults.{form.module}").run
    with tempfile.TemporaryDirectory(prefix="nachklang-trial-") as folder:
        outcome = run(Trial(form.times, Path(folder), Random(form.fault)))  # noqa: S311 -- a trial that can be repeated
    assert isinstance(outcome, Outcome)
    return outcome


def _keep(form: LongForm, outcome: Outcome) -> None:
    row = row_of(form, outcome, day=datetime.now(UTC).date().isoformat())
    with DOCUMENT.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two trials that end at once both keep their rows
        document = file.read()
        table = renewed(block_of(document, BLOCK), form, row)
        file.seek(0)
        file.write(with_block(document, BLOCK, table))
        file.truncate()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
