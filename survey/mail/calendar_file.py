"""The next date of a series as a calendar file, for the thanks mail."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from survey.model.event import NextEdition


def calendar_file(upcoming: NextEdition, *, uid: str, written: datetime) -> str:
    """The date as iCalendar text; with the same `uid` in every copy a calendar shows it once."""
    from icalendar import Calendar, Event  # noqa: PLC0415 -- brings many modules, for one mail of an edition

    event = Event()
    event.add("uid", uid)
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
