"""What a signed-in person can come to from every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from survey.model.event import EditionRecord


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry of a navigation."""

    address: str
    text: str
    is_current: bool


def organiser_navigation(path: str, say: Callable[[str], str]) -> tuple[NavigationEntry, ...]:
    """The rooms of the workplace for organisers."""
    return _entries(
        path,
        (
            ("/arbeit", say("Heute")),
            ("/arbeit/ausgaben", say("Ausgaben")),
            ("/arbeit/reihen", say("Reihen")),
            ("/arbeit/menschen", say("Menschen und Rollen")),
            ("/arbeit/einstellungen", say("Einstellungen")),
            ("/arbeit/protokoll", say("Protokoll")),
            ("/arbeit/konto", say("Mein Konto")),
        ),
    )


def planner_navigation(path: str, say: Callable[[str], str]) -> tuple[NavigationEntry, ...]:
    """The rooms of the workplace for planners."""
    return _entries(
        path,
        (
            ("/arbeit", say("Heute")),
            ("/arbeit/ausgaben", say("Ausgaben")),
            ("/arbeit/reihen", say("Reihen")),
            ("/arbeit/konto", say("Mein Konto")),
        ),
    )


def organiser_edition_navigation(
    record: EditionRecord, path: str, say: Callable[[str], str]
) -> tuple[NavigationEntry, ...]:
    """The rooms of one edition in the order of the work."""
    start = f"/arbeit/ausgaben/{record.name}"
    return _entries(
        path,
        (
            (start, say("Überblick")),
            (f"{start}/angaben", say("Angaben")),
            (f"{start}/programm", say("Programm")),
            (f"{start}/fragebogen", say("Fragebogen")),
            (f"{start}/teilnehmende", say("Teilnehmende")),
            (f"{start}/versand", say("Versand")),
            (f"{start}/zugaenge", say("Weitere Zugänge")),
            (f"{start}/ergebnisse", say("Ergebnisse")),
        ),
    )


def planner_edition_navigation(
    record: EditionRecord, path: str, say: Callable[[str], str]
) -> tuple[NavigationEntry, ...]:
    """The rooms of one edition that planners read."""
    start = f"/arbeit/ausgaben/{record.name}"
    return _entries(path, ((start, say("Überblick")), (f"{start}/ergebnisse", say("Ergebnisse"))))


def series_navigation(
    address: str, path: str, say: Callable[[str], str]
) -> tuple[NavigationEntry, ...]:
    """The rooms of one series."""
    start = f"/arbeit/reihen/{address}"
    return _entries(
        path,
        (
            (start, say("Vergleich")),
            (f"{start}/planung", say("Planungsblatt")),
            (f"{start}/frueher", say("Frühere Ausgaben")),
            (f"{start}/wie-viele", say("Wie viele Antworten?")),
        ),
    )


def _entries(path: str, entries: Iterable[tuple[str, str]]) -> tuple[NavigationEntry, ...]:
    found = tuple(entries)
    start = found[0][0]
    return tuple(
        NavigationEntry(
            address,
            text,
            path == address or (address != start and path.startswith(f"{address}/")),
        )
        for address, text in found
    )
