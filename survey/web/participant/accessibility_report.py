"""What the accessibility of this version was found to be: written by the checks, shown by the statement."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

FILE = "accessibility-report.toml"


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that judges pages."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class AccessibilityReport:
    """What is examined of this version's pages."""

    day: date
    is_whole: bool
    """Every page and state passed on that day, in every language and way; otherwise that is still to come."""
    norm: str
    """The standard that the law names: data, not template text."""
    guidelines: str
    built_to: str
    """What is aimed at, beyond the law."""
    pages: int
    states: int
    checks: int
    by_people: int
    """So many of the checks only a person can make."""
    engines: tuple[Engine, ...]
    criteria: tuple[str, ...]
    """Success criteria of WCAG that some check belongs to."""
    clauses: tuple[str, ...]
    """Clauses of EN 301 549 that some check belongs to."""

    @property
    def by_machine(self) -> int:
        """So many of the checks are made by programs, at each change."""
        return self.checks - self.by_people


@cache
def read_report() -> AccessibilityReport:
    """The report that came with this version."""
    text = resources.files(__package__ or "").joinpath(FILE).read_text(encoding="utf-8")
    return report_of(tomllib.loads(text))


def report_of(content: dict[str, Any]) -> AccessibilityReport:
    """The report from what its file says."""
    engines = tuple(Engine(**engine) for engine in content["engines"])
    lists = {name: tuple(content[name]) for name in ("criteria", "clauses")}
    return AccessibilityReport(**(content | lists | {"engines": engines}))
