"""What the columns of a registration list mean, told from their headings in German or English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from forms.session_names import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forms.session_names import SessionNames
    from survey.model.programme import Programme, Session

CAUSE = "Grund der Ablehnung"
"""Heading of the column with the causes in the file of faulty lines; passed over when that file comes back."""


class Meaning(Enum):
    """What a column says about a person."""

    ADDRESS = auto()
    NAME = auto()
    FIRST_NAME = auto()
    LAST_NAME = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    SESSIONS = auto()
    MARK = auto()
    """A column for one session, with a mark for those who booked it."""
    ATTENDED = auto()
    NOTHING = auto()
    """Passed over: without a heading, ignored by name, or our own."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its meaning, and the round or session it speaks of."""

    heading: str
    meaning: Meaning
    round: str | None = None
    session: Session | None = None


_HEADINGS = {
    Meaning.ADDRESS: (
        "E-Mail, Mail, E-Mail-Adresse, Mailadresse, Email address, Mail address, E-Mail dienstlich, "
        "dienstliche E-Mail, dienstliche E-Mail-Adresse, E-Mail (dienstlich), Kontakt E-Mail, Ihre E-Mail-Adresse"
    ),
    Meaning.NAME: (
        "Name, Vor- und Nachname, Vorname und Nachname, Vorname Nachname, Nachname Vorname, Vollständiger Name, "
        "Full name, Teilnehmer, Teilnehmerin, Teilnehmende, Teilnehmende Person, Participant, Attendee, Ihr Name"
    ),
    Meaning.FIRST_NAME: "Vorname, Rufname, First name, Given name, Forename",
    Meaning.LAST_NAME: "Nachname, Familienname, Zuname, Last name, Surname, Family name",
    Meaning.LANGUAGE: "Sprache, Sprachfassung, Language, Lang",
    Meaning.NUMBER: (
        "Anmeldenummer, Anmelde-Nr, Anmeldungsnummer, Registrierungsnummer, Registrierungs-Nr, Buchungsnummer, "
        "Teilnehmernummer, Teilnehmer-Nr, Teilnehmer-ID, Ticketnummer, Registration number, Registration ID, "
        "Booking number, Ticket number, Anmelde-ID"
    ),
    Meaning.ATTENDED: (
        "Teilgenommen, Anwesend, Anwesenheit, Erschienen, War da, Hat teilgenommen, Attended, Attendance, Present, "
        "Checked in, Check-in"
    ),
    Meaning.NOTHING: CAUSE,
}
_MEANINGS = {
    key(heading): meaning
    for meaning, headings in _HEADINGS.items()
    for heading in headings.split(",")
}
_SESSIONS = re.compile(
    r"(?:gebuchter?|gewählter?|ihre?|gebuchtes|gewähltes)?(?:workshops?|sessions?|programmpunkte?)"
    r"(?:auswahl|wahl|titel)?(?:nr)?[0-9]{0,2}|[0-9]{1,2}(?:workshop|session)"
)
_OF_ROUND = re.compile(
    r"(?:workshop|session|programmpunkt)?(?:in|der|für)?(?:runde|round|workshoprunde)([0-9]{1,2})"
    r"|(?:workshop|session|programmpunkt)?([0-9]{1,2})(?:runde|round)"
)
_BOOKS = frozenset({"workshop", "session", "programmpunkt"})
_SINGLE = (
    Meaning.ADDRESS,
    Meaning.NAME,
    Meaning.FIRST_NAME,
    Meaning.LAST_NAME,
    Meaning.LANGUAGE,
    Meaning.NUMBER,
    Meaning.ATTENDED,
)


def is_heading_row(cells: Sequence[str]) -> bool:
    """True for the row that names a column of e-mail addresses."""
    return any(_MEANINGS.get(key(cell)) is Meaning.ADDRESS for cell in cells)


def columns(
    cells: Sequence[str], names: SessionNames, *, ignore: Iterable[str]
) -> tuple[Column, ...]:
    """The meaning of every column; beside a column of first names, "Name" is the last name."""
    ignored = {key(name) for name in ignore}
    found = tuple(_column(cell, names, ignored) for cell in cells)
    if any(c.meaning is Meaning.FIRST_NAME for c in found) and not any(
        c.meaning is Meaning.LAST_NAME for c in found
    ):
        return tuple(
            Column(c.heading, Meaning.LAST_NAME) if key(c.heading) == "name" else c for c in found
        )
    return found


def doubled(found: tuple[Column, ...]) -> tuple[Column, ...]:
    """Columns that say again what an earlier one says."""
    seen: set[object] = set()
    again = []
    for column in found:
        meant = column.meaning if column.meaning in _SINGLE else column.session
        if meant in seen:
            again.append(column)
        elif meant is not None:
            seen.add(meant)
    return tuple(again)


def _column(heading: str, names: SessionNames, ignored: set[str]) -> Column:
    said = key(heading)
    if not said or said in ignored:
        return Column(heading, Meaning.NOTHING)
    if said in _MEANINGS:
        return Column(heading, _MEANINGS[said])
    if _SESSIONS.fullmatch(said):
        return Column(heading, Meaning.SESSIONS)
    round_ = _round(said, names.programme)
    if round_ is not None:
        return Column(heading, Meaning.SESSIONS, round_)
    sessions = names.find(heading)
    if len(sessions) == 1:
        return Column(heading, Meaning.MARK, sessions[0].round, sessions[0])
    return Column(heading, Meaning.UNKNOWN)


def _round(said: str, programme: Programme) -> str | None:
    numbered = _OF_ROUND.fullmatch(said)
    if numbered:
        position = int(numbered[1] or numbered[2])
        if 1 <= position <= len(programme.rounds):
            return programme.rounds[position - 1].code
        return None
    for round_ in programme.rounds:
        title = key(round_.title.de)
        if said in {title, *(word + title for word in _BOOKS), *(title + word for word in _BOOKS)}:
            return round_.code
    return None
