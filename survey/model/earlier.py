"""Editions from elsewhere: what another tool counted, under our questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from survey.model.event import EditionFormat
    from survey.model.items import Item

NAME = "frueher:"
"""What the name of an edition from elsewhere begins with in comparisons."""


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """What was counted there for one of our questions."""

    item: Item
    """Ours, where wording and scale are the same; else under the same code with its own choices."""
    their_question: str
    """How it was asked there."""
    is_worded_alike: bool
    has_same_scale: bool
    is_of_everybody: bool
    counts: tuple[tuple[str, int], ...]
    """Tally values as of our own counts, `ANSWERED` and `NO_ANSWER` among them."""
    population: int | None
    """N of this question; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class EarlierEdition:
    """An edition that was asked with another tool: sums only, nobody's answers."""

    id: str
    """Random, 16 hex digits."""
    series: str
    title: str
    format: EditionFormat
    starts: date
    source: str
    """Where the numbers come from, in a planner's words; stands at every chart."""
    invited: int | None
    answered: int | None
    questions: tuple[EarlierQuestion, ...]
    is_made_up: bool = False
    disclosure_threshold: int = 5
    """Of fewer answers nothing but their number is here, and nothing is shown."""

    @property
    def name(self) -> str:
        """Its name in comparisons."""
        return f"{NAME}{self.id}"
