"""The protocol of the linkage attack over one rehearsal or many: added up, judged, and put into its last line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from survey.auditing.findings import Finding, Guess
from survey.auditing.guessing import TOO_UNLIKELY, chance_of_hits, expected_hits
from survey.auditing.linkage import DECLARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from survey.auditing.findings import RunResult
    from survey.errors import Problem


@dataclass(frozen=True)
class AuditProtocol:
    """What the attack found in all rehearsals together."""

    runs: tuple[RunResult, ...]
    held: datetime
    """When it was tried."""
    version: str
    own_schema_faults: tuple[str, ...] = ()
    """What the schema of the operator's own database has that it must not have."""

    @property
    def people(self) -> int:
        """Everybody who answered."""
        return sum(run.people for run in self.runs)

    @property
    def linked(self) -> int:
        """People linked for certain."""
        return sum(run.linked for run in self.runs)

    @property
    def attacks(self) -> tuple[Finding, ...]:
        """Each attack, over all rehearsals."""
        return _summed(run.attacks for run in self.runs)

    @property
    def controls(self) -> tuple[Finding, ...]:
        """Each control, over all rehearsals."""
        return _summed(run.controls for run in self.runs)

    @property
    def unhidden(self) -> tuple[Finding, ...]:
        """What nobody can hide, over all rehearsals."""
        return _summed(run.unhidden for run in self.runs)

    @property
    def schema_faults(self) -> tuple[str, ...]:
        """What schemas have that they must not have."""
        found = (*self.own_schema_faults, *(f for run in self.runs for f in run.schema_faults))
        return tuple(dict.fromkeys(found))

    @cached_property
    def guesses(self) -> dict[str, tuple[Guess, ...]]:
        """The guesses of each way, one for each rehearsal that left texts to guess about."""
        gathered: dict[str, list[Guess]] = defaultdict(list)
        for run in self.runs:
            for way, guess in run.guesses.items():
                if guess.among:
                    gathered[way].append(guess)
        return {way: tuple(found) for way, found in gathered.items()}

    @property
    def ways(self) -> int:
        """How many ways of guessing were tried."""
        return len(self.guesses)

    @cached_property
    def knowing_way(self) -> str:
        """The way of guessing that is better than chance, all ways considered; empty if none is."""
        unlikely = TOO_UNLIKELY / max(1, self.ways)
        likely = {way: _chance(found) for way, found in self.guesses.items()}
        best = min(likely, key=lambda way: likely[way], default="")
        return best if best and likely[best] < unlikely else ""

    @property
    def hits(self) -> int:
        """How many the guess that counts got right: the declared one, unless another one knows something."""
        return sum(guess.hits for guess in self._counted)

    @property
    def guessed(self) -> int:
        """How many people it was tried on."""
        return sum(guess.among for guess in self._counted)

    @property
    def chance(self) -> float:
        """How many a blind guess gets right on average."""
        return expected_hits(guess.among for guess in self._counted)

    @property
    def likelihood(self) -> float:
        """How likely a blind guess gets so many right or more."""
        return _chance(self._counted)

    @property
    def holds(self) -> bool:
        """True if nobody is linked, no guess is better than chance, no schema tells, and every control succeeds.

        An attack or a control that was tried on nobody proves nothing.
        """
        return (
            not self.linked
            and not self.knowing_way
            and not self.schema_faults
            and bool(self.attacks)
            and all(attack.of for attack in self.attacks)
            and bool(self.controls)
            and all(control.is_complete for control in self.controls)
        )

    def last_line(self) -> str:
        """The result in one line, the same in every language."""
        good = sum(control.is_complete for control in self.controls)
        return (
            f"linked: {self.linked + self.hits} of {self.people} (chance {self.chance:g}); "
            f"controls: {good} of {len(self.controls)}"
        )

    @property
    def _counted(self) -> tuple[Guess, ...]:
        return self.guesses.get(self.knowing_way or DECLARED, ())


def seen_in(protocol: AuditProtocol, what: Callable[[RunResult], int]) -> int:
    """A figure over all rehearsals."""
    return sum(what(run) for run in protocol.runs)


def _chance(found: Sequence[Guess]) -> float:
    return chance_of_hits(sum(one.hits for one in found), (one.among for one in found))


def _summed(runs: Iterable[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    linked: dict[Problem, int] = defaultdict(int)
    of: dict[Problem, int] = defaultdict(int)
    for findings in runs:
        for finding in findings:
            linked[finding.what] += finding.linked
            of[finding.what] += finding.of
    return tuple(Finding(what, linked[what], of[what]) for what in of)
