"""Time that nobody can put: it passes while the machine runs, whatever its clock is set to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SteadyTime:
    """Seconds since the machine was started; only times of the same start can be compared."""

    boot: str
    seconds: float
