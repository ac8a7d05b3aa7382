"""Whose reports about a series are, and of when their numbers: what stands on their first page and their last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from survey.housekeeping import profile_of
from survey.storage import organisations
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from survey.comparing.series import Series
    from survey.installation import Installation


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes, and when the newest numbers came to be."""

    organisation: str
    contact: str
    """Address of a person who answers questions; empty where every edition is from elsewhere."""
    accent: str
    """The organisation's colour, empty where it has none."""
    made: datetime
    """Aware: the same numbers give the same bytes."""


def imprint_of(inst: Installation, series: Series) -> Imprint:
    """As the series' last counted edition has it; without one, as its organisation is called."""
    accent = profile_of(inst, series.owner).accent
    if series.counted:
        newest = series.counted[-1]
        edition = newest.edition
        return Imprint(
            edition.organisation, edition.contact, accent, newest.counted or edition.deadline
        )
    with foreign_errors():
        organisation = organisations.find(inst.database.read(), series.owner)
    latest = max((earlier.starts for earlier in series.earlier), default=inst.clock().date())
    return Imprint(
        organisation.name if organisation else "",
        "",
        accent,
        datetime.combine(latest, time(), UTC),
    )
