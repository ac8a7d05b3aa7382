"""The protocol of a linkage attack: what was tried, whom it linked, and whether the attack can see at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.language.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack and the people it linked to their answers."""

    what: Problem
    linked: frozenset[int]


@dataclass(frozen=True, slots=True)
class Control:
    """The same attack where it must succeed: else it is blind."""

    what: Problem
    linked: int
    of: int

    @property
    def succeeds(self) -> bool:
        """True if it linked everybody."""
        return self.linked == self.of


@dataclass(frozen=True, slots=True)
class AuditProtocol:
    """What the linkage attack found."""

    people: int
    attacks: tuple[Attack, ...]
    controls: tuple[Control, ...]
    schema_faults: tuple[str, ...]
    """Columns that keep a time of something a person did."""

    @property
    def linked(self) -> frozenset[int]:
        """Everybody whom some attack linked to an answer."""
        return frozenset().union(*(attack.linked for attack in self.attacks))

    @property
    def chance(self) -> float:
        """How many a blind guess links on average."""
        return 1.0 if self.people else 0.0

    @property
    def holds(self) -> bool:
        """True if nobody is linked, no column tells a time, and every control succeeds."""
        return (
            not self.linked
            and not self.schema_faults
            and all(control.succeeds for control in self.controls)
        )

    def last_line(self) -> str:
        """The result in one line, the same in every language."""
        good = sum(control.succeeds for control in self.controls)
        return (
            f"linked: {len(self.linked)} of {self.people} (chance {self.chance:g}); "
            f"controls: {good} of {len(self.controls)}"
        )

    def text(self, words: Catalogue) -> str:
        """The protocol, to be printed and filed."""
        _ = words.gettext
        lines = [
            _("Protokoll des Angriffs auf die Anonymität"),
            "",
            _(
                "%(n)s erfundene Menschen haben auf einer eigens angelegten Befragung geantwortet. Der "
                "Angreifer hatte nach jeder Antwort eine Kopie von Datenbank, Protokolldateien, "
                "Sicherungen und Mails, aber nicht den Schlüssel."
            )
            % {"n": words.number(self.people)},
            "",
        ]
        lines += [
            _("%(attack)s: %(n)s von %(people)s zugeordnet")
            % {
                "attack": words.problem(attack.what),
                "n": words.number(len(attack.linked)),
                "people": words.number(self.people),
            }
            for attack in self.attacks
        ]
        lines += [
            _("Diese Spalte hält eine Zeit fest: %(column)s") % {"column": column}
            for column in self.schema_faults
        ]
        lines += ["", _("Zur Probe dieselben Angriffe, wo sie gelingen müssen:")]
        lines += [
            _("%(control)s: %(n)s von %(people)s zugeordnet")
            % {
                "control": words.problem(control.what),
                "n": words.number(control.linked),
                "people": words.number(control.of),
            }
            for control in self.controls
        ]
        return "\n".join([*lines, "", self.last_line()]) + "\n"
