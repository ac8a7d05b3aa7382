"""What the count leaves of an edition: numbers, and free texts by themselves; nothing about a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

BREAKDOWN = "breakdown:"
PAIR = "pair:"
BETTER_HALF = "@better"
"""In place of a value, where a rating's groups are too small one by one: everybody in its better half."""
OTHER_HALF = "@other"
"""Everybody else who gave that rating; the neutral ones, too."""
ALL_OTHERS = "@others"
"""The same and those who gave none, where they are too few to be a rest that could be computed."""
HALVES = (BETTER_HALF, OTHER_HALF, ALL_OTHERS)


def breakdown_grouping(value: str) -> str:
    """The grouping of everybody in one group of the edition's breakdown."""
    return f"{BREAKDOWN}{value}"


def pair_grouping(by: str, value: str) -> str:
    """The grouping of everybody who answered the question `by` with that value."""
    return f"{PAIR}{by}:{value}"


class TallyRow(NamedTuple):
    """How many gave one answer to one question, in one group of people; a tuple, since summaries read thousands."""

    session: str
    """Empty for questions asked once."""
    grouping: str
    """Empty for everybody."""
    item: str
    value: str
    n: int


@dataclass(frozen=True, slots=True)
class SessionTotal:
    """Who could have answered about a session, and how many did."""

    booked: int
    """People of N who registered for it; all of N where nobody registers."""
    absent: int
    """Said that they were not there; 0 below the threshold, where only the number of answers is kept."""
    elsewhere: int
    """Came without having registered for it, as far as the answers tell; 0 below the threshold."""
    answered: int


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One free text, apart from everything else its writer said."""

    session: str
    item: str
    text: str


class MarkKind(StrEnum):
    """Why a stretch of a text is marked before anybody reads it."""

    MAIL = "mail"
    WEB = "web"
    IBAN = "iban"
    PHONE = "phone"
    ACCOUNT = "account"
    SALUTATION = "salutation"
    NAME = "name"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a text that may tell who wrote it or is meant."""

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class KeptText:
    """A free text as stored: under a random id, with its marks, and released wording if somebody released it."""

    id: str
    session: str
    item: str
    text: str
    marks: tuple[Mark, ...] = ()
    released: str | None = None
    release: int = 0
    """Grows each time it is released, so that a version of a report knows whose wording it has."""
