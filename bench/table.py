"""What was measured: rows with their targets, costs in plain units, and where it was measured."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Bound = Literal["at most", "at least"]
_WHOLE = 100
"""From here on the digits behind the point say nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One target, and how near the measurement came to it."""

    subject: str
    """In words of the README's table: `The form: CPU of a GET, against a bare reply`."""
    target: float
    measured: float
    unit: str = "×"
    """`×` for a ratio of two things measured in the same run; else what the number counts: ` ms`, ` MiB`, ` bytes`."""
    bound: Bound = "at most"
    note: str = ""
    """What the two sides were, in figures."""

    @property
    def is_met(self) -> bool:
        """True if the measurement is on the right side of the target."""
        if self.bound == "at least":
            return self.measured >= self.target
        return self.measured <= self.target


@dataclass(frozen=True, slots=True)
class Cost:
    """What one act costs on the machine that measured, for the sizing of others."""

    name: str
    """Of one act: `form.cpu`, `answer.disk`."""
    value: float
    unit: str
    """`s` of CPU time, `bytes`, or `per s`."""
    meaning: str


Finding = Row | Cost


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured."""

    processor: str
    cores: int
    system: str
    python: str

    def __str__(self) -> str:
        return f"{self.processor}, {self.cores} cores, {self.system}, Python {self.python}"


def this_machine() -> Machine:
    """The machine that this process runs on."""
    names = (
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    )
    return Machine(
        next(names, platform.machine()),
        len(os.sched_getaffinity(0)),
        f"{platform.system()} {platform.release().partition('-')[0]}",
        platform.python_version(),
    )


def to_line(finding: Finding) -> str:
    """The finding as one line that `from_line` reads."""
    return json.dumps({"kind": type(finding).__name__} | asdict(finding), ensure_ascii=False)


def from_line(line: str) -> Finding:
    """The finding that `to_line` was given."""
    values = json.loads(line)
    kinds: dict[str, type[Row | Cost]] = {"Row": Row, "Cost": Cost}
    return kinds[values.pop("kind")](**values)


def amount(value: float, unit: str) -> str:
    """A number as the table shows it: ``2.41 ×``, ``58 MiB``, ``5,904 bytes``."""
    number = f"{value:,.0f}" if abs(value) >= _WHOLE or value == int(value) else f"{value:.3g}"
    return f"{number} {unit.strip()}"


def table_lines(rows: Iterable[Row], machine: Machine) -> list[str]:
    """The rows as a Markdown table, each with the verdict and the machine named once below."""
    lines = ["| Subject | Target | Measured | |", "|---|---|---|---|"]
    for row in rows:
        target = f"{row.bound} {amount(row.target, row.unit)}"
        measured = f"{amount(row.measured, row.unit)}{f' ({row.note})' if row.note else ''}"
        verdict = "met" if row.is_met else "**missed**"
        lines.append(f"| {row.subject} | {target} | {measured} | {verdict} |")
    return [*lines, "", f"Machine: {machine}."]


def verdict(rows: Sequence[Row]) -> str:
    """The last line of a run."""
    return f"{len(rows)} targets, {sum(not row.is_met for row in rows)} missed"
