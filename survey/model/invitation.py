"""The people of an edition: who is invited, what they booked, which mails they get."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.language.wording import Language


@dataclass(frozen=True, slots=True)
class Registration:
    """One line of a registration list, checked."""

    address: str
    """Normalised; several people may share it (poststelle@…)."""
    name: str = ""
    language: Language = "de"
    number: str = ""
    """Registration number, where the list has one: then the person is recognised by it."""
    sessions: tuple[str, ...] = ()
    """Codes of booked sessions."""
    attended: bool | None = None
    """False for a known no-show; None where the list says nothing."""
    line: int = 0
    tells_language: bool = True
    """False if the list has no column for it: what an earlier list told stays."""
    tells_sessions: bool = True
    """The same for booked sessions."""

    @property
    def identity(self) -> tuple[str, str]:
        """What a person is recognised by: the number, else address and name."""
        if self.number:
            return ("number", self.number)
        return ("address", f"{self.address.casefold()}\n{self.name.casefold()}")


@dataclass(frozen=True, slots=True)
class Participant:
    """One invited person, as stored."""

    edition: str
    id: str
    address: str
    name: str
    language: Language
    number: str
    sessions: tuple[str, ...]
    has_answered: bool
    is_no_show: bool
    has_opted_out: bool
    is_withdrawn: bool


class Campaign(StrEnum):
    """Kinds of mail; each person gets each at most once."""

    INVITATION = "invitation"
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"
    THANKS = "thanks"
    LINK_REQUEST = "link_request"
    RESULTS = "results"


class Delivery(StrEnum):
    """Where one mail of the outbox stands."""

    QUEUED = "queued"
    LEASED = "leased"
    HANDED_OVER = "handed_over"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
