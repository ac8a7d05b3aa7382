"""One person as organisers see them: everything but whether they have answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.language.wording import Language
    from survey.model.invitation import Delivery, Participant


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What is known of an invited person, as far as anybody may know it."""

    id: str
    address: str
    name: str
    language: Language
    number: str
    sessions: tuple[str, ...]
    is_no_show: bool
    has_opted_out: bool
    is_withdrawn: bool
    invitation: Delivery | None = None
    """Where the invitation stands; reminders would tell who has answered."""

    @property
    def called(self) -> str:
        """The name, else the address."""
        return self.name or self.address

    @property
    def may_get_mail(self) -> bool:
        """True if nothing that is known of the person stands against a mail."""
        return not (self.is_no_show or self.has_opted_out or self.is_withdrawn)

    @property
    def seen(self) -> str:
        """Changes whenever something about the person does that organisers can change."""
        told = (
            self.address,
            self.name,
            self.language,
            self.number,
            *self.sessions,
            str(self.is_no_show),
            str(self.is_withdrawn),
        )
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """A person whom a mail did not reach, and what the other server said."""

    person: KnownPerson
    reason: str
    """Codes only: ``550 5.1.1``; empty if there were none."""


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """How many people an edition has; never how many have answered."""

    registered: int
    withdrawn: int
    opted_out: int
    no_shows: int
    undeliverable: int


def known(person: Participant, invitation: Delivery | None = None) -> KnownPerson:
    """The person as organisers see them."""
    return KnownPerson(
        person.id,
        person.address,
        person.name,
        person.language,
        person.number,
        person.sessions,
        person.is_no_show,
        person.has_opted_out,
        person.is_withdrawn,
        invitation,
    )
