"""Which column of an uploaded list is what, and which of its names is which session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.mapped_list import (
    MARK,
    NOTHING,
    ROUND,
    SESSIONS,
    column_problems,
    fits_programme,
    is_meaning,
    unknown_sessions,
)
from survey.model.list_choices import ListChoices
from survey.web.organiser.participants.held_table import HeldTable, choose, gone, held_table
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from forms.mapped_list import FoundColumn
    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def _(text: str) -> str:
    return text


_SINGLE = (
    ("address", _("E-Mail-Adresse")),
    ("name", _("Name (ganz)")),
    ("first_name", _("Vorname")),
    ("last_name", _("Nachname")),
    ("language", _("Sprache")),
    ("number", _("Anmeldenummer")),
    ("attended", _("War da (ja oder nein)")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One list to choose from: of a column, or of a name in the list."""

    name: str
    label: str
    samples: tuple[str, ...]
    chosen: str
    problems: tuple[Problem, ...] = ()


def show_columns(desk: Desk) -> Response:
    """What each column seems to say."""
    busy = held_table(desk)
    return gone(desk) if busy is None else _columns_page(desk, busy)


def choose_columns(desk: Desk) -> Response:
    """The columns are as chosen; on to names of sessions the programme does not know, or to the preview."""
    busy = held_table(desk)
    if busy is None:
        return gone(desk)
    meanings = [NOTHING] * len(busy.table.headings)
    for column in busy.table.columns:
        sent = next(iter(desk.fields.get(_name(column), ())), NOTHING)
        if is_meaning(sent, busy.record.edition):
            meanings[column.position] = sent
    chosen = tuple(meanings)
    problems = column_problems(busy.table, chosen)
    if problems:
        return _columns_page(desk, busy, chosen=chosen, problems=problems)
    adds_only = "y" in desk.fields.get("adds_only", ())
    choices = replace(busy.choices, meanings=chosen, adds_only=adds_only)
    if chosen != busy.choices.meanings:
        # Corrections of cells were made under other columns.
        choices = ListChoices(adds_only=adds_only, meanings=chosen)
    choose(desk, busy, choices)
    step = (
        "programmpunkte"
        if unknown_sessions(busy.table, busy.record.edition, choices)
        else "pruefen"
    )
    return desk.go(edition_address(busy.record, "teilnehmende", "liste", step))


def show_sessions(desk: Desk) -> Response:
    """What the list calls sessions that the programme calls otherwise."""
    busy = held_table(desk)
    if busy is None:
        return gone(desk)
    if not fits_programme(busy.record.edition, busy.choices):
        return desk.go(edition_address(busy.record, "teilnehmende", "liste", "spalten"))
    choices = [
        Choice(f"session-{at}", said, (), busy.choices.sessions.get(said, code or LEAVE))
        for at, (said, code) in enumerate(
            unknown_sessions(busy.table, busy.record.edition, busy.choices)
        )
    ]
    return desk.draw(
        "workplace/participants/session_names.html",
        edition=busy.record,
        held=busy.held,
        choices=choices,
        options=_session_options(desk, busy.record),
        here=edition_address(busy.record, "teilnehmende", "liste"),
    )


LEAVE = "-"
"""Nothing is said about this name: its lines are shown as faulty."""


def choose_sessions(desk: Desk) -> Response:
    """The names mean what was chosen; those left open make their lines faulty."""
    busy = held_table(desk)
    if busy is None:
        return gone(desk)
    codes = {"", *(s.code for s in busy.record.edition.programme.sessions if s.is_booked)}
    sessions = {}
    for at, (said, _guess) in enumerate(
        unknown_sessions(busy.table, busy.record.edition, busy.choices)
    ):
        sent = next(iter(desk.fields.get(f"session-{at}", ())), LEAVE)
        if sent in codes:
            sessions[said] = sent
    choose(desk, busy, replace(busy.choices, sessions=sessions))
    return desk.go(edition_address(busy.record, "teilnehmende", "liste", "pruefen"))


def _columns_page(
    desk: Desk,
    busy: HeldTable,
    *,
    chosen: tuple[str, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Response:
    meanings = chosen or busy.choices.meanings
    choices = [
        Choice(
            _name(column),
            _label(desk, column),
            column.samples,
            meanings[column.position] if meanings else column.guess,
            tuple(p for p in problems if p.place == str(column.position)),
        )
        for column in busy.table.columns
    ]
    return desk.draw(
        "workplace/participants/columns.html",
        status=UNPROCESSABLE if problems else 200,
        edition=busy.record,
        held=busy.held,
        choices=choices,
        options=_options(desk, busy.record),
        rows=len(busy.table.rows),
        adds_only="y" in desk.fields.get("adds_only", ()) if problems else busy.choices.adds_only,
        here=edition_address(busy.record, "teilnehmende", "liste"),
    )


def _name(column: FoundColumn) -> str:
    return f"column-{column.position}"


def _label(desk: Desk, column: FoundColumn) -> str:
    without = desk.words.gettext("%(n)s. Spalte, ohne Überschrift") % {"n": column.position + 1}
    return column.heading or without


def _options(desk: Desk, record: EditionRecord) -> list[tuple[str, str]]:
    say, language = desk.words.gettext, desk.words.language
    programme = record.edition.programme
    found = [(NOTHING, say("Nicht einlesen")), *((code, say(text)) for code, text in _SINGLE)]
    if programme.rounds:
        found.append((SESSIONS, say("Gebuchte Programmpunkte")))
    for round_ in programme.rounds:
        text = say("Programmpunkt: %(round)s") % {"round": round_.title.in_language(language)}
        found.append((ROUND + round_.code, text))
    for session in programme.sessions:
        if session.is_booked:
            text = say("Kreuz bei: %(title)s") % {"title": session.title.in_language(language)}
            found.append((MARK + session.code, text))
    return found


def _session_options(desk: Desk, record: EditionRecord) -> list[tuple[str, str]]:
    say = desk.words.gettext
    return [
        (LEAVE, say("Offen lassen, die Zeilen einzeln berichtigen")),
        ("", say("Kein Programmpunkt")),
        *(
            (s.code, s.title.in_language(desk.words.language))
            for s in record.edition.programme.sessions
            if s.is_booked
        ),
    ]
