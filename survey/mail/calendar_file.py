"""The next date of a series as a calendar file, for the thanks mail."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from datetime import datetime

    from survey.model.event import Edition


def calendar_file(edition: Edition, *, written: datetime) -> str:
    """The next edition's date as iCalendar text; only for editions that know it."""
    upcoming = edition.next_edition
    assert upcoming is not None
    event = Event()
    # The same date keeps its UID in every copy, so that a calendar shows it once.
    event.add("uid", f"{edition.name}-next@{edition.sender.rpartition('@')[2]}")
    event.add("dtstamp", written.astimezone(UTC))
    event.add("dtstart", upcoming.starts.astimezone(UTC))
    event.add("dtend", upcoming.ends.astimezone(UTC))
    event.add("summary", upcoming.title)
    if upcoming.place:
        event.add("location", upcoming.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Nachklang//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text
