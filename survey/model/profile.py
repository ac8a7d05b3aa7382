"""The profile of an organisation: what its new editions begin with, the least it demands of them, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from survey.model.event import Edition

LEAST_DISCLOSURE = 5
LEAST_CELL = 10
LONGEST_RETENTION = 90
LogoKind = Literal["png", "jpg"]


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture at the head of participants' pages, without its bytes."""

    hash: str
    """SHA-256 of the bytes: another picture has another address."""
    kind: LogoKind
    alternative: str
    """What the picture says, for those who do not see it."""
    width: int
    height: int

    @property
    def address(self) -> str:
        """Where it is served, for good."""
        return f"/logo/{self.hash}.{self.kind}"


@dataclass(frozen=True, slots=True)
class Profile:
    """The settings of one organisation."""

    organisation: str
    """Its id."""
    name: str
    sender: str = ""
    """From address of its mails."""
    sender_name: str = ""
    contact: str = ""
    """Address of a person who answers questions."""
    contact_name: str = ""
    text_readers: str = ""
    legal_basis: str = ""
    processors: str = ""
    data_protection_contact: str = ""
    sign_language_video: str = ""
    """Address of the house's own video that explains the survey in sign language; empty without one."""
    retention_days: int = 14
    disclosure_threshold: int = LEAST_DISCLOSURE
    """New editions show results of no fewer people; it only rises."""
    cell_threshold: int = LEAST_CELL
    """The same for breakdowns, pairs and quotes."""
    accent: str = ""
    """``#0a4a80``; empty for the service's own colour."""
    logo: Logo | None = None
    revision: int = 0
    """Grows with every change; 0 before the first."""

    def begin(self, edition: Edition) -> Edition:
        """The new edition as this organisation begins it: its own words where it has them, its thresholds at least."""
        return replace(
            edition,
            organisation=self.name or edition.organisation,
            sender=self.sender or edition.sender,
            sender_name=self.sender_name or edition.sender_name,
            contact=self.contact or edition.contact,
            contact_name=self.contact_name or edition.contact_name,
            text_readers=self.text_readers or edition.text_readers,
            legal_basis=self.legal_basis or edition.legal_basis,
            processors=self.processors or edition.processors,
            data_protection_contact=self.data_protection_contact or edition.data_protection_contact,
            retention_days=self.retention_days,
            disclosure_threshold=max(self.disclosure_threshold, edition.disclosure_threshold),
            cell_threshold=max(self.cell_threshold, edition.cell_threshold),
        )
