"""What a trial of a fault found: how often it was tried, and what was lost.

A trial is a function `(trial: Trial) -> Outcome` in a module of its own here. Its test runs the short form;
`python -m tests.faults` runs the long forms and writes the table of docs/faults.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trial:
    """One run: how often, where, and with which chance."""

    times: int
    folder: Path
    """Empty, the trial's own."""
    chance: Random


def short_form(folder: Path, *, times: int) -> Trial:
    """As it runs with the tests: the same chance each time."""
    return Trial(times, folder, Random(7))  # noqa: S311 -- a trial that can be repeated


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial."""

    tried: int
    """In units of `unit`."""
    unit: str
    """What was counted, in the plural: `answers thanked for`."""
    lost: int
    measured: str = ""
    """Further figures, for people."""

    def __post_init__(self) -> None:
        """Where nothing was tried, nothing can be said to have been lost."""
        if self.tried < 1:
            raise ValueError(f"no {self.unit} tried")


@dataclass(frozen=True, slots=True)
class LongForm:
    """A trial as it is run by hand."""

    fault: str
    """`R1` to `R17` of tests/proofs/lists/faults.toml."""
    what: str
    """A few words for the table."""
    module: str
    """Below tests.faults; its function `run` takes the trial."""
    times: int
