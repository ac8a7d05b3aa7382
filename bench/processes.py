"""Processes under measurement: their CPU time from the kernel, their memory, and rounds over what is compared."""

from __future__ import annotations

import os
import statistics
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Name = TypeVar("Name")
Found = TypeVar("Found")


def cpu_seconds(process: int) -> float:
    """The CPU time of a process with all its threads, those that have ended too, to the nanosecond."""
    # clock_getcpuclockid(3): the clock of a process is made from its id.
    return time.clock_gettime((~process << 3) | 2)


def resident_mebibytes(process: int) -> float:
    """The memory a process holds now."""
    return _status(process, "VmRSS") / 1024


def peak_mebibytes(process: int) -> float:
    """The most memory a process has held."""
    return _status(process, "VmHWM") / 1024


def _status(process: int, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def interleaved(
    sides: Mapping[Name, Callable[[], Found]], *, rounds: int
) -> dict[Name, list[Found]]:
    """What each side measured in each round: one after the other in every round, so that all share the same weather."""
    found: dict[Name, list[Found]] = {name: [] for name in sides}
    for number in range(rounds):
        names = list(sides)
        for name in names if number % 2 == 0 else reversed(names):
            found[name].append(sides[name]())
    return found


def median_ratio(above: list[float], below: list[float]) -> float:
    """The median of the rounds' own ratios."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@contextmanager
def ended(process: int) -> Iterator[None]:
    """Around the life of a child: afterwards it is gone, whatever happened."""
    try:
        yield
    finally:
        os.kill(process, 9)
        os.waitpid(process, 0)
