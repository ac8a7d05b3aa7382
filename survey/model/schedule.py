"""What happens when around one edition: its mails, its closing, its count, the deletion of its addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from survey.model.event import COUNT_BY_CLOCK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from survey.model.event import Edition

BETWEEN_MAILS = timedelta(hours=48)
"""At least so long lies between two mails to the same people."""
LAST_HOUR = timedelta(hours=1)
"""Nobody is reminded so shortly before the end."""
LONGEST_RETENTION = 90
"""Days that addresses may be kept after the closing."""
_END_OF_EVENT = time(17)
_MORNING = time(9)
_LATER_MORNING = time(10)
_RESULTS_AFTER = timedelta(days=10)


class Act(StrEnum):
    """Everything on a schedule, in its usual order."""

    INVITATION = "invitation"
    REMINDER_1 = "reminder_1"
    REMINDER_2 = "reminder_2"
    CLOSING = "closing"
    THANKS = "thanks"
    COUNT = "count"
    RESULTS = "results"
    DELETION = "deletion"


class EntryState(StrEnum):
    """Where an act stands."""

    DONE = "done"
    NEXT = "next"
    """The first one that is still to come."""
    LATER = "later"
    OFF = "off"
    """Switched off: it does not happen."""
    MISSED = "missed"
    """Its time is over."""


MAILS = (Act.INVITATION, Act.REMINDER_1, Act.REMINDER_2, Act.THANKS, Act.RESULTS)
"""Acts that are mails: they leave by themselves only when the schedule is released."""


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """One act with its moment."""

    act: Act
    moment: datetime
    """When it happened or will; of one that is switched off, when it usually would."""
    state: EntryState
    may_change: bool
    is_usual: bool
    """True if nobody has chosen the moment."""

    @property
    def is_to_come(self) -> bool:
        """True if it will happen."""
        return self.state in {EntryState.NEXT, EntryState.LATER}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The acts of an edition in the order of their moments."""

    entries: tuple[ScheduleEntry, ...]
    is_released: bool
    """True once somebody let the mails leave by themselves."""

    def entry(self, act: Act) -> ScheduleEntry:
        """The entry of that act; every act has one."""
        return next(entry for entry in self.entries if entry.act is act)

    @property
    def next(self) -> ScheduleEntry | None:
        """What happens next; None if everything is over."""
        return next((e for e in self.entries if e.state is EntryState.NEXT), None)


def usual_moments(
    edition: Edition,
    *,
    invited: datetime | None,
    closes: datetime,
    chosen: Mapping[Act, datetime | None],
    now: datetime,
    zone: tzinfo,
) -> dict[Act, datetime]:
    """When each mail usually leaves; reminders that do not fit in are left out.

    `invited` is when the invitation was sent, if it was; `chosen` the moments somebody has set.
    """
    end = _at(edition.ends, _END_OF_EVENT, zone)
    start = invited or max(chosen.get(Act.INVITATION) or end, now)
    found = {Act.INVITATION: end}
    half = _at((start + (closes - start) / 2).astimezone(zone).date(), _MORNING, zone)
    if start + BETWEEN_MAILS <= half <= closes - LAST_HOUR:
        found[Act.REMINDER_1] = half
    first = chosen.get(Act.REMINDER_1) or found.get(Act.REMINDER_1)
    last = _at((closes - BETWEEN_MAILS).astimezone(zone).date(), _MORNING, zone)
    if first is not None and first + BETWEEN_MAILS <= last <= closes - LAST_HOUR:
        found[Act.REMINDER_2] = last
    next_day = closes.astimezone(zone).date() + timedelta(days=1)
    found[Act.THANKS] = _at(next_day, _LATER_MORNING, zone)
    found[Act.RESULTS] = max(
        closes + COUNT_BY_CLOCK,
        min(
            _at((closes + _RESULTS_AFTER).astimezone(zone).date(), _LATER_MORNING, zone),
            closes + timedelta(days=edition.retention_days) - timedelta(days=1),
        ),
    )
    return found


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone)
