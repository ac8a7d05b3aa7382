"""What an event offers: sessions, and rounds in which a person can be in one session only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.language.wording import Wording


class SessionKind(StrEnum):
    """What kind of item of the programme a session is."""

    GREETING = "greeting"
    INTERVIEW = "interview"
    KEYNOTE = "keynote"
    WORKSHOP = "workshop"
    GUEST_TALK = "guest_talk"
    DISCUSSION = "discussion"


@dataclass(frozen=True, slots=True)
class Round:
    """A stretch of the programme in which a person can be in one session only."""

    code: str
    title: Wording


@dataclass(frozen=True, slots=True)
class Session:
    """One item of the programme (Programmpunkt)."""

    code: str
    title: Wording
    kind: SessionKind
    round: str | None = None
    """Code of its round; sessions of a round are booked, all others are for everybody."""
    speakers: tuple[str, ...] = ()
    recording: str | None = None
    """https link of the recording, for the thanks mail."""
    is_rated: bool = True
    is_cancelled: bool = False
    """"Ausgefallen": leaves forms and N, stays named in the report."""

    @property
    def is_booked(self) -> bool:
        """True if people register for it."""
        return self.round is not None


@dataclass(frozen=True, slots=True)
class Programme:
    """Rounds and sessions in programme order."""

    sessions: tuple[Session, ...] = ()
    rounds: tuple[Round, ...] = ()
    most_sessions_per_person: int = 2

    def session(self, code: str) -> Session:
        """The session with that code; KeyError if there is none."""
        for session in self.sessions:
            if session.code == code:
                return session
        raise KeyError(code)

    def held_and_rated(self) -> tuple[Session, ...]:
        """Sessions that forms ask about."""
        return tuple(s for s in self.sessions if s.is_rated and not s.is_cancelled)

    def of_round(self, code: str) -> tuple[Session, ...]:
        """Held and rated sessions of a round, in programme order."""
        return tuple(s for s in self.held_and_rated() if s.round == code)
