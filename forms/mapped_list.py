"""A registration list read as a person says: which column is what, which name means which session, what is mended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.column_names import Column, Meaning, columns, is_heading_row
from forms.registration_list import (
    HEADING_WITHIN,
    FaultyLine,
    Reading,
    RegistrationList,
    kept_positions,
    table_with_headings,
)
from forms.session_names import key, session_names
from forms.spreadsheet_process import MOST_ROWS
from forms.table_file import Row, read_tables
from survey.errors import FileRefused, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from forms.session_names import SessionNames
    from forms.table_file import Table
    from survey.model.event import Edition
    from survey.model.list_choices import ListChoices

NOTHING = "nothing"
ADDRESS = "address"
SINGLE = {
    ADDRESS: Meaning.ADDRESS,
    "name": Meaning.NAME,
    "first_name": Meaning.FIRST_NAME,
    "last_name": Meaning.LAST_NAME,
    "language": Meaning.LANGUAGE,
    "number": Meaning.NUMBER,
    "attended": Meaning.ATTENDED,
}
"""What only one column may say, under the names that forms send."""
SESSIONS = "sessions"
ROUND = "round:"
MARK = "mark:"
MOST_SHOWN = 120
"""Columns that are offered; further ones are not read."""
MOST_UNKNOWN = 90
"""Names of sessions that are asked about at once."""
_SAMPLES = 3
_LONGEST_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """One column of an uploaded table: its heading, what stands in it, and what it seems to say."""

    position: int
    heading: str
    samples: tuple[str, ...]
    guess: str


@dataclass(frozen=True, slots=True)
class FoundTable:
    """An uploaded table before anybody has said what its columns mean."""

    columns: tuple[FoundColumn, ...]
    """Those with a heading or contents."""
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def found_table(data: bytes, filename: str, edition: Edition) -> FoundTable:
    """The table of the file; FileRefused if there is none, or no telling which it is."""
    table, position = _table(read_tables(data, filename), filename)
    headings = table.rows[position].cells
    rows = table.rows[position + 1 :]
    if not rows:
        why = problem("Unter den Überschriften steht keine einzige Anmeldung.")
        raise FileRefused(filename, (why,))
    guesses = [_code(c) for c in columns(headings, session_names(edition.programme), ignore=())]
    if ADDRESS not in guesses:
        at = _most_like_addresses(rows, len(headings))
        guesses = [ADDRESS if position == at else code for position, code in enumerate(guesses)]
    seen: set[str] = set()
    found: list[FoundColumn] = []
    for at, heading in enumerate(headings):
        samples = tuple(_samples(rows, at))
        guess = NOTHING if guesses[at] in seen and guesses[at] in SINGLE else guesses[at]
        seen.add(guess)
        if (heading or samples) and len(found) < MOST_SHOWN:
            found.append(FoundColumn(at, heading, samples, guess))
    return FoundTable(tuple(found), headings, rows)


def column_problems(table: FoundTable, meanings: tuple[str, ...]) -> tuple[Problem, ...]:
    """What is wrong with that choice of meanings; each problem's place is a position."""
    problems: list[Problem] = []
    if ADDRESS not in meanings:
        at = str(table.columns[0].position)
        problems.append(
            problem("Wählen Sie aus, in welcher Spalte die E-Mail-Adressen stehen.", place=at)
        )
    for code in SINGLE:
        positions = [at for at, meant in enumerate(meanings) if meant == code]
        problems += [
            problem("Das sagt schon eine andere Spalte.", place=str(at)) for at in positions[1:]
        ]
    return tuple(problems)


def unknown_sessions(
    table: FoundTable, edition: Edition, choices: ListChoices
) -> tuple[tuple[str, str], ...]:
    """What the list calls sessions that the programme does not know so, each with the code that seems meant."""
    names = session_names(edition.programme)
    codes = {session.title.de: session.code for session in edition.programme.sessions}
    found: dict[str, str] = {}
    for at, code in enumerate(choices.meanings):
        if code == SESSIONS or code.startswith(ROUND):
            for row in table.rows:
                cell = _cell(row, at, choices)
                for said in names.split(cell):
                    if key(said) and not names.find(said):
                        found.setdefault(said, codes.get(names.nearest(said), ""))
    return tuple(sorted(found.items(), key=lambda each: each[0].casefold()))[:MOST_UNKNOWN]


def read_mapped_list(table: FoundTable, edition: Edition, choices: ListChoices) -> RegistrationList:
    """The registrations and the faulty lines, read as was chosen."""
    names = _names(edition, choices.sessions)
    meant = tuple(_columns(table, edition, choices.meanings))
    reading = Reading(edition, names, meant)
    mended = {int(name.partition("-")[0]) for name in choices.cells}
    for row in table.rows:
        if row.line in mended and row.line not in choices.left_out:
            # Whoever has looked at the cells of a line has seen that there is one too many.
            reading.take(Row(row.line, tuple(_cell(row, at, choices) for at in range(len(meant)))))
        elif row.line not in choices.left_out:
            reading.take(row)
    kept = kept_positions(meant)
    return RegistrationList(
        tuple(reading.registrations),
        tuple(reading.faulty),
        tuple(table.headings[at] for at in kept),
    )


def left_out_lines(table: FoundTable, edition: Edition, choices: ListChoices) -> RegistrationList:
    """The lines that were left out, as a list of their own, with what is wrong in them."""
    alone = replace(choices, left_out=())
    read = read_mapped_list(table, edition, alone)
    causes = {line.line: line.problems for line in read.faulty}
    kept = kept_positions(tuple(_columns(table, edition, choices.meanings)))
    faulty = tuple(
        FaultyLine(
            row.line,
            tuple(_cell(row, at, choices) for at in kept),
            causes.get(row.line, ()),
        )
        for row in table.rows
        if row.line in choices.left_out
    )
    return RegistrationList((), faulty, read.headings)


def kept_columns(table: FoundTable, edition: Edition, choices: ListChoices) -> tuple[int, ...]:
    """Positions of the columns that are read."""
    return kept_positions(tuple(_columns(table, edition, choices.meanings)))


def faulty_line(
    table: FoundTable, edition: Edition, choices: ListChoices, *, why: Problem
) -> FaultyLine:
    """The line that a problem is about, as a faulty one."""
    row = next(row for row in table.rows if row.line == why.line)
    kept = kept_columns(table, edition, choices)
    return FaultyLine(row.line, tuple(_cell(row, at, choices) for at in kept), (why,))


def fits_programme(edition: Edition, choices: ListChoices) -> bool:
    """False if the programme no longer has what was chosen, or nothing was chosen yet."""
    codes = {"", *(session.code for session in edition.programme.sessions)}
    return (
        bool(choices.meanings)
        and all(is_meaning(code, edition) for code in choices.meanings)
        and codes.issuperset(choices.sessions.values())
    )


def is_meaning(code: str, edition: Edition) -> bool:
    """True for what a form may say about a column."""
    return code in {NOTHING, SESSIONS, *SINGLE, *_of_programme(edition)}


def _of_programme(edition: Edition) -> Iterator[str]:
    for round_ in edition.programme.rounds:
        yield ROUND + round_.code
    for session in edition.programme.sessions:
        if session.is_booked:
            yield MARK + session.code


def _table(tables: tuple[Table, ...], filename: str) -> tuple[Table, int]:
    is_known = any(is_heading_row(row.cells) for t in tables for row in t.rows[:HEADING_WITHIN])
    filled = [t for t in tables if len(t.rows) > 1 and t.fault is None]
    if is_known or not filled:
        return table_with_headings(tables, filename)
    # Nobody knows these headings yet: the person will say what they mean.
    table = max(filled, key=lambda t: len(t.rows[0].cells))
    if len(table.rows) - 1 > MOST_ROWS:
        raise FileRefused(
            filename,
            (
                problem(
                    "Die Liste hat %(count)s Zeilen. Erlaubt sind höchstens %(limit)s.",
                    count=len(table.rows) - 1,
                    limit=MOST_ROWS,
                ),
            ),
        )
    return table, 0


def _most_like_addresses(rows: tuple[Row, ...], width: int) -> int | None:
    counts = [sum(at < len(r.cells) and "@" in r.cells[at] for r in rows) for at in range(width)]
    best = max(range(width), key=lambda at: counts[at], default=None)
    return best if best is not None and counts[best] * 2 > len(rows) else None


def _samples(rows: tuple[Row, ...], at: int) -> Iterable[str]:
    filled = (row.cells[at] for row in rows if at < len(row.cells) and row.cells[at])
    for sample, _ in zip(dict.fromkeys(filled), range(_SAMPLES), strict=False):
        yield sample[:_LONGEST_SAMPLE]


def _code(column: Column) -> str:
    single = {meaning: code for code, meaning in SINGLE.items()}
    match column.meaning:
        case Meaning.SESSIONS:
            return SESSIONS if column.round is None else ROUND + column.round
        case Meaning.MARK if column.session is not None and column.session.is_booked:
            return MARK + column.session.code
        case meaning:
            return single.get(meaning, NOTHING)


def _columns(table: FoundTable, edition: Edition, meanings: tuple[str, ...]) -> Iterator[Column]:
    programme = edition.programme
    for at, heading in enumerate(table.headings):
        code = meanings[at] if at < len(meanings) else NOTHING
        if code in SINGLE:
            yield Column(heading, SINGLE[code])
        elif code.startswith(MARK):
            session = programme.session(code.removeprefix(MARK))
            yield Column(heading, Meaning.MARK, session.round, session)
        elif code.startswith(ROUND):
            yield Column(heading, Meaning.SESSIONS, code.removeprefix(ROUND))
        else:
            yield Column(heading, Meaning.SESSIONS if code == SESSIONS else Meaning.NOTHING)


def _names(edition: Edition, sessions: Mapping[str, str]) -> SessionNames:
    names = session_names(edition.programme)
    known = dict(names.known)
    for said, code in sessions.items():
        if code:
            known[key(said)] = (edition.programme.session(code),)
    nothing = frozenset(key(said) for said, code in sessions.items() if not code)
    return replace(names, known=known, nothing=nothing)


def _cell(row: Row, at: int, choices: ListChoices) -> str:
    mended = choices.cells.get(f"{row.line}-{at}")
    if mended is not None:
        return mended
    return row.cells[at] if at < len(row.cells) else ""
