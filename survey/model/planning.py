"""The planning sheet (Planungsblatt): what one edition says for the next one, and what the planners decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from survey.language.wording import Wording

if TYPE_CHECKING:
    from datetime import date

    from survey.model.comparison import Caution, Change, ComparedEdition
    from survey.model.summary import Base, Share, Statement, Suppression

MOST_CANDIDATES = 5
_OWN = Wording("")


class Majority(StrEnum):
    """What a choice between options has decided."""

    IN_ANY_CASE = "in_any_case"
    """More than half of everybody eligible, whatever the silent would have said."""
    CERTAIN = "certain"
    """The lower limit, in whole percent as it is printed, lies above half."""
    LEADING = "leading"
    """One leads for certain, with less than half."""
    OPEN = "open"
    """The two leading intervals overlap or touch, in whole percent as they are printed."""
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option of a decision."""

    code: str
    label: Wording
    count: int
    share: Share
    """With simultaneous interval and bounds."""
    by_attendance: tuple[tuple[Wording, int, int], ...] = ()
    """By how people took part: label, how many chose it, of how many; only where every group may be shown."""
    acceptable: Share | None = None
    """How many said it would do at all, where that was asked."""
    change: Change | None = None
    """To the last edition that asked the same."""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """What was wanted of one property of the next edition: format, rounds, length, time."""

    code: str
    wording: Wording
    base: Base
    options: tuple[OptionLine, ...]
    majority: Majority
    leaders: tuple[str, ...] = ()
    """Codes: the one that leads, or those between which the order is open."""
    suppressed: Suppression | None = None


@dataclass(frozen=True, slots=True)
class WishLine:
    """A topic wanted, or a theme of the texts, with its count."""

    subject: str
    """``topics_wanted:funding`` or ``theme:pausen``."""
    label: Wording
    count: int
    of: int
    """Persons who answered, or texts."""
    share: Share | None = None
    change: Change | None = None
    """To the last edition with the same question or theme."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding that the planning team should look at (Prüfkandidat), or keep as it is."""

    subject: str
    wording: Wording
    label: Wording
    """What the share counts: "gut oder sehr gut"."""
    share: Share
    base: Base
    evidence: tuple[Statement, ...]
    counter_evidence: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """What these data cannot decide."""

    subject: str
    statement: Statement
    answers_needed: int | None = None
    """How many answers in all would have been needed if the shares had stayed as they are; None where none would do."""
    answers_had: int | None = None


class Course(StrEnum):
    """What the planners do about something."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class PlannedDecision:
    """One decision of the planners, made from one edition for the next."""

    subject: str
    """Code of a question, ``theme:…``, ``session:…``, ``topics_wanted:…`` or ``own:…`` for something of their own."""
    course: Course
    text: Wording
    """What will be done; in public in these words."""
    responsible: str
    """By whom; never public."""
    until: date | None
    is_public: bool
    about: Wording = _OWN
    """What the subject is called, where a sheet tells it; empty for something of their own."""


@dataclass(frozen=True, slots=True)
class PlanningSheet:
    """Two pages: what the answers say about the next edition, and what they do not."""

    series: str
    edition: ComparedEdition
    base: ComparedEdition | None
    """The last comparable edition, where there is one."""
    tables: tuple[DecisionTable, ...]
    topics: tuple[WishLine, ...]
    themes: tuple[WishLine, ...]
    candidates: tuple[Candidate, ...]
    to_keep: tuple[Candidate, ...]
    undecided: tuple[Undecided, ...]
    decisions: tuple[PlannedDecision, ...]
    cautions: tuple[Caution, ...]
    has_importance: bool
    """True if how items go with the overall rating could be told (100 complete pairs)."""
