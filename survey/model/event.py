"""What an organiser sets up: series, editions, their programme and their rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from survey.model.programme import Programme
from survey.model.workplace import MAIN_ORGANISATION

if TYPE_CHECKING:
    from survey.model.questionnaire import Questionnaire

GRACE = timedelta(minutes=60)
"""Answers still count this long after the deadline, unannounced."""
COUNT_BY_CLOCK = timedelta(hours=24)
"""The clock counts an edition this long after its deadline, if nobody has done so by hand."""
SMALL_EDITION = 30
"""Editions with fewer people invited remind everybody."""
RESERVED_NAMES = frozenset({"neu"})
"""Short names that addresses of the workplace need for themselves."""


class EditionKind(StrEnum):
    """What is held."""

    CONGRESS = "congress"
    NETWORK_CALL = "network_call"
    WORKSHOP_SERIES = "workshop_series"
    TRAINING = "training"


class EditionFormat(StrEnum):
    """How people took part."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class NextEdition:
    """The next date of the series, where it is known, for the thanks mail's calendar file."""

    title: str
    starts: datetime
    ends: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The one breakdown of an edition, chosen before opening and asked in the form: a single-choice item."""

    item: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions tallied together, named before opening: `item` by the answers to `by`."""

    item: str
    by: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a series as its organiser defined it (the content of an edition file)."""

    name: str
    """Short name, unique in the installation, in links and file names: ``kk2020``."""
    series: str
    title: str
    kind: EditionKind
    format: EditionFormat
    starts: date
    ends: date
    organisation: str
    sender: str
    """From address of its mails."""
    contact: str
    """Address of a person who answers questions; Reply-To of its mails."""
    deadline: datetime
    """Aware; the form closes then."""
    questionnaire: Questionnaire
    programme: Programme = field(default_factory=Programme)
    sender_name: str = ""
    contact_name: str = ""
    text_readers: str = ""
    """Who reads free texts, as people are told in the form."""
    legal_basis: str = ""
    """Why data may be processed, for the privacy notice; the usual basis of public bodies where empty."""
    processors: str = ""
    """Who processes data on the organisation's behalf (host, mail relay), for the privacy notice."""
    data_protection_contact: str = ""
    """How the data-protection officer is reached, for the privacy notice."""
    breakdown: Breakdown | None = None
    pairs: tuple[Pair, ...] = ()
    disclosure_threshold: int = 5
    """k: results of fewer people than this are not shown (Mindestgruppengröße)."""
    cell_threshold: int = 10
    """Breakdowns, pairs and quotes need this many."""
    retention_days: int = 14
    """Addresses, names, links go this many days after close."""
    box_size: int = 0
    """Bytes of every box: 4096, 16384 or 65536; 0 for the smallest that holds the largest response."""
    next_edition: NextEdition | None = None
    is_made_up: bool = False
    """People and answers are invented: said wherever they appear."""


class EditionState(StrEnum):
    """Where an edition stands, computed from its dates and counts."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition with what the service itself knows of it."""

    id: str
    """Random, 16 hex digits; the first part of every primary key."""
    edition: Edition
    revision: int
    """Grows with every change of what a form shows."""
    public_key: bytes
    """X25519, 32 bytes; boxes are sealed to it."""
    opens: datetime | None = None
    """Set by the first invitation; frozen items and scales from then on."""
    closes: datetime | None = None
    """The deadline in force; None until opened."""
    size_class: Literal["small", "large"] | None = None
    """Below 30 invited or not, fixed at the first mail."""
    open_boxes: int = 0
    count_started: datetime | None = None
    counted: datetime | None = None
    key_destroyed: datetime | None = None
    addresses_deleted: datetime | None = None
    invited: int | None = None
    """N, frozen by the count."""
    answered: int | None = None
    """n, frozen by the count."""
    owner: str = MAIN_ORGANISATION
    """Id of the organisation it belongs to."""
    passed: datetime | None = None
    """The latest of its own moments that has surely passed; gone with a new deadline."""

    @property
    def name(self) -> str:
        """The edition's short name."""
        return self.edition.name

    @property
    def is_tallied(self) -> bool:
        """True once the count has written its numbers down; they are shown once the boxes are burnt, too."""
        return self.answered is not None

    def state(self, now: datetime) -> EditionState:
        """Where the edition stands at that moment."""
        if self.counted is not None:
            return EditionState.COUNTED
        if self.opens is None or self.closes is None:
            return EditionState.PLANNED
        if self.count_started is not None or self._latest(now) >= self.closes:
            return EditionState.CLOSED
        return EditionState.OPEN

    def takes_answers(self, now: datetime) -> bool:
        """True while posts count: until the deadline and one unannounced hour."""
        return (
            self.opens is not None
            and self.closes is not None
            and self.count_started is None
            and self._latest(now) < self.closes + GRACE
        )

    @property
    def is_surely_closed(self) -> bool:
        """True if no clock opens it again: only an organiser can, with a new deadline."""
        return self.count_started is not None or (
            self.passed is not None and self.closes is not None and self.passed >= self.closes
        )

    def _latest(self, now: datetime) -> datetime:
        """Now, unless the clock has been put back: what has passed stays passed."""
        return now if self.passed is None else max(now, self.passed)
