"""Made-up people: in which order they answer, what each does before and after, and how long each one's texts are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from survey.auditing.canaries import canary
from survey.auditing.rehearsed_edition import (
    ABOUT_SESSION,
    CHOICES,
    COMMON_SESSION,
    GENERAL,
    LONELY_SESSION,
    LONGEST_TEXT,
    PLACES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

FEW = 5
_SHORTEST = 50
_STEP = 4
_KINDS_AMONG_FEW = 5


class Conduct(Enum):
    """What somebody does on the way to an answer."""

    PLAIN = "answers"
    ERROR = "sends something wrong, and once while the service has lost its key"
    DRAFT = "keeps a draft and goes on later"
    CHANGE = "sends twice"
    TAKE_BACK = "takes the answer back and answers afresh"
    BRIEF = "says almost nothing"
    LONGEST = "writes as much as there is room for"
    GONE = "takes the answer back for good"


WITHDRAWING = frozenset({Conduct.CHANGE, Conduct.TAKE_BACK, Conduct.GONE})
"""Whoever does so has had an answer stored that must not be left."""
OVERWRITTEN = "alt"
"""Place of the canary that somebody overwrites or takes back."""
SCANNED_EACH = 3
"""Every third person's mail provider fetches all links first."""


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person."""

    number: int
    """What the person's canaries say; it tells neither the place on the list nor the order of answers."""
    conduct: Conduct
    length: int
    """Of each text."""
    is_lonely: bool
    """Alone in a workshop."""
    is_scanned: bool

    @property
    def session(self) -> str:
        """The workshop that was booked."""
        return LONELY_SESSION if self.is_lonely else COMMON_SESSION

    @property
    def leaves_texts(self) -> bool:
        """True if texts of the person are in the urn at the end."""
        return self.conduct not in {Conduct.BRIEF, Conduct.GONE}

    def fields(self, *, place: str = PLACES[GENERAL]) -> dict[str, str]:
        """What the person types; the canary in the general text says `place`."""
        typed = {
            "overall": CHOICES[self.number % len(CHOICES)].code,
            f"{self.session}--rating": CHOICES[(self.number + 1) % len(CHOICES)].code,
        }
        if self.conduct is Conduct.BRIEF:
            return typed
        return typed | {
            GENERAL: canary(self.number, place=place, length=self.length),
            f"{self.session}--{ABOUT_SESSION}": canary(
                self.number, place=PLACES[ABOUT_SESSION], length=self.length
            ),
        }


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, in the order in which they answer."""

    people: tuple[Person, ...]
    listed: tuple[int, ...]
    """In the order of the registration list."""

    @property
    def lonely(self) -> int:
        """Number of the one who is alone in a workshop."""
        return next(person.number for person in self.people if person.is_lonely)

    @property
    def writers(self) -> tuple[int, ...]:
        """Those whose texts are in the urn at the end, in that order."""
        return tuple(p.number for p in self.people if p.leaves_texts)

    @property
    def written(self) -> Mapping[int, int]:
        """How much each of them writes."""
        return {p.number: p.length for p in self.people if p.leaves_texts}


def make_cast(people: int, *, chance: Random) -> Cast:
    """So many people; one of them is alone in a workshop, and leaves texts like anybody."""
    order, listed = list(range(people)), list(range(people))
    chance.shuffle(order)
    chance.shuffle(listed)
    lengths = [_SHORTEST + _STEP * rank for rank in range(people)]
    chance.shuffle(lengths)
    return Cast(
        tuple(
            _person(number, rank, lengths[number], people=people)
            for rank, number in enumerate(order)
        ),
        tuple(listed),
    )


def _person(number: int, rank: int, length: int, *, people: int) -> Person:
    conduct = _conducts(people)[rank % len(_conducts(people))]
    is_lonely = number == people - 1
    if is_lonely and conduct in {Conduct.BRIEF, Conduct.GONE}:
        conduct = Conduct.PLAIN
    if conduct is Conduct.LONGEST:
        length = LONGEST_TEXT - _STEP * (rank // len(_conducts(people)))
    return Person(number, conduct, length, is_lonely, number % SCANNED_EACH == 0)


def _conducts(people: int) -> Sequence[Conduct]:
    every = tuple(Conduct)
    return every if people > FEW else every[:_KINDS_AMONG_FEW]
