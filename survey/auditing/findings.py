"""What one rehearsal found, small enough to be handed from one process to another and added up over many."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.errors import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """One attack, and how many it linked to their answers, of how many who were exposed to it."""

    what: Problem
    linked: int
    of: int

    @property
    def is_complete(self) -> bool:
        """True if it linked everybody, and there was somebody to link."""
        return 0 < self.linked == self.of


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attack on one rehearsal: whom it linked, and whom it could have linked, had the service been careless."""

    what: Problem
    linked: frozenset[int]
    exposed: frozenset[int]

    @property
    def finding(self) -> Finding:
        """The same in numbers."""
        return Finding(self.what, len(self.linked), len(self.exposed | self.linked))


@dataclass(frozen=True, slots=True)
class Guess:
    """One way of guessing, laid down before: how many it got right among how many."""

    hits: int
    among: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How much the attacker had."""

    copies: int = 0
    requests: int = 0
    boxes_known: int = 0
    """Boxes that copies show to belong to a person: known, and no secret as long as they are closed."""
    boxes_in_log: int = 0
    """The same from the write-ahead log of the database alone."""
    sources: int = 0
    """Pages, files and lists in which texts were looked for after the count."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """One rehearsal."""

    people: int
    attacks: tuple[Finding, ...]
    linked: int
    """People linked by any of the attacks."""
    guesses: Mapping[str, Guess]
    """The first is the one that counts; every other is tested, too."""
    controls: tuple[Finding, ...]
    unhidden: tuple[Finding, ...]
    """What nobody can hide who runs a service of this kind."""
    schema_faults: tuple[str, ...] = ()
    seen: Seen = field(default_factory=Seen)
