"""The example events' files: their editions and their lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from forms.edition_file import read_edition_file
from forms.registration_list import read_registration_list

if TYPE_CHECKING:
    from survey.demonstration.story import Event
    from survey.model.event import Edition
    from survey.model.invitation import Registration

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


def edition_of(event: Event) -> Edition:
    """The edition as its file describes it."""
    return read_edition_file(EXAMPLES / f"{event.name}.toml", event.name)


def people_of(event: Event, edition: Edition) -> tuple[Registration, ...]:
    """Who registered for the event, with bookings from the edition's programme."""
    file = EXAMPLES / event.registrations
    return read_registration_list(file.read_bytes(), file.name, edition).registrations
