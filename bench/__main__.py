"""Measures what the service promises about speed, and prints one table.

    scripts/bench                   everything, as the tables of docs/speed.md were made
    scripts/bench --quick           everything in under five minutes, less surely
    scripts/bench form answer       only these subjects
    scripts/bench --write           and renews bench/results.toml, docs/speed.md and the README's table

A subject is a module here with `measure(*, quick)`, which yields rows and costs; each runs in a process of its own, and
starts further ones for whatever is compared. Ratios are medians of interleaved rounds on one machine, CPU time is the
kernel's: both survive a machine that does other things too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module

from bench import sizing
from bench.results import (
    DOCUMENTS,
    ROOT,
    Result,
    document,
    merged,
    read_results,
    renew,
    write_results,
)
from bench.table import Cost, Finding, Row, from_line, table_lines, this_machine, to_line, verdict

SUBJECTS = ("form", "answer", "counting", "summary", "comparing", "pdf", "mail", "small", "disk")


def main() -> int:
    """Measure, print, and keep if asked to; 1 if a target was missed or a subject failed."""
    options = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.partition("\n")[0])
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SUBJECTS))
    options.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    options.add_argument("--write", action="store_true", help="renew the kept results")
    options.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    unknown = set(given.names) - set(SUBJECTS)
    if unknown:
        options.error(f"no such subject: {', '.join(sorted(unknown))}")
    if given.child:
        _measure(given.names[0], quick=given.quick)
        return 0
    names = given.names or list(SUBJECTS)
    found = {name: _in_child(name, quick=given.quick) for name in names}
    failed = [name for name, findings in found.items() if findings is None]
    machine = this_machine()
    command = " ".join(["scripts/bench", *(["--quick"] if given.quick else []), *given.names])
    day = datetime.now(UTC).date().isoformat()
    fresh = [
        Result(
            name,
            day,
            command,
            machine,
            tuple(f for f in findings if isinstance(f, Row)),
            tuple(f for f in findings if isinstance(f, Cost)),
        )
        for name, findings in found.items()
        if findings is not None
    ]
    rows = [row for result in fresh for row in result.rows]
    print("\n".join(table_lines(rows, machine)))
    if given.write:
        kept = merged(read_results(), fresh)
        write_results({name: kept[name] for name in SUBJECTS if name in kept})
        for path in DOCUMENTS:
            renew(path, document(read_results()))
        sizing.write()
    if failed:
        print(f"failed: {', '.join(failed)}")
    print(verdict(rows))
    return int(bool(failed) or not all(row.is_met for row in rows))


def _measure(name: str, *, quick: bool) -> None:
    for finding in import_module(f"bench.{name}").measure(quick=quick):
        print(to_line(finding), flush=True)


def _in_child(name: str, *, quick: bool) -> tuple[Finding, ...] | None:
    """What the subject's process found; None if it failed, which it has said itself."""
    print(f"measuring {name} …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "bench", "--child", name, *(["--quick"] if quick else [])]
    done = subprocess.run(  # noqa: S603 -- ourselves
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        return None
    return tuple(from_line(line) for line in done.stdout.splitlines())


if __name__ == "__main__":
    raise SystemExit(main())
