"""What leaves the house, whatever the surface: how one group of people answered one closed question."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PublishedTable:
    """One table that is published, or to be; its group is named as by the count."""

    session: str
    """Empty for questions asked once."""
    grouping: str
    """Empty for everybody."""
    item: str
    n: int
    """Persons who answered."""
    counts: tuple[int, ...] = ()
    """Every number in it, those of nobody and of "no answer" among them, the smallest first.

    Which answer has which number is left out: to name an answer otherwise is no other table.
    A single one where all said the same, and what that was is not told; empty where only `n` is remembered.
    """

    @property
    def group(self) -> tuple[str, str, str]:
        """Whose answers to what."""
        return self.session, self.grouping, self.item
