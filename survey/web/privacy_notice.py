"""The facts of a privacy notice, from the settings in force."""

from __future__ import annotations

from dataclasses import dataclass

from survey.keeping.retention import BACKUPS_KEPT
from survey.model.ways_in import PERSONAL_ONLY, OpenLink, WaysIn

BACKUP_DAYS = BACKUPS_KEPT.days
"""Backups expire this long after what they hold was deleted."""


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """The facts of one edition's notice."""

    contact: str
    contact_name: str
    text_readers: str
    legal_basis: str
    processors: str
    data_protection_contact: str
    few: int
    many: int
    days: int
    total_days: int
    deleted: str
    """The day by which addresses are gone everywhere; empty until the closing date is fixed."""
    promise: str
    """Where the promise is explained."""
    ways: WaysIn = PERSONAL_ONLY
    """How people without a personal link answer."""
    has_results_mail: bool = False
    """True if everybody invited gets a mail about the results."""
    reads_returned_mails: bool = False
    """True if the service reads the mailbox that undeliverable mails come back to."""

    @property
    def has_open_link(self) -> bool:
        """True if anybody may answer, or could, by a link that is nobody's."""
        return self.ways.link is not OpenLink.OFF
