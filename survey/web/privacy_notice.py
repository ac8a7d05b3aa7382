"""The facts of a privacy notice, from the settings in force."""

from __future__ import annotations

from dataclasses import dataclass

BACKUP_DAYS = 30
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
