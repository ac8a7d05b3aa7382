"""Registration lists as they come out of registration tools and spreadsheets.

A file that cannot be understood is refused as a whole; in one that can, every line is either a registration or faulty.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.column_names import CAUSE, Meaning, columns, doubled, is_heading_row
from forms.registration_line import Line
from forms.session_names import session_names
from forms.spreadsheet_formulas import harmless
from forms.spreadsheet_process import MOST_ROWS
from forms.table_file import read_tables
from survey.errors import FileRefused, Problem, problem
from survey.language.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.column_names import Column
    from forms.session_names import SessionNames
    from forms.table_file import Row, Table
    from survey.language.wording import Language
    from survey.model.event import Edition
    from survey.model.invitation import Registration

HEADING_WITHIN = 50
"""So many rows may precede the headings: titles, dates, notes."""
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """One line that cannot be taken: its cells as they came, and why."""

    line: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RegistrationList:
    """What a list says: the registrations that can be taken, and the lines that cannot."""

    registrations: tuple[Registration, ...]
    faulty: tuple[FaultyLine, ...] = ()
    headings: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Problem, ...]:
        """Every problem of every faulty line, in the order of the lines."""
        return tuple(p for faulty in self.faulty for p in faulty.problems)

    @property
    def faulty_lines(self) -> str:
        """The faulty lines as CSV text with the causes in German."""
        return self.faulty_lines_in("de")

    def faulty_lines_in(self, language: Language) -> str:
        """The faulty lines as CSV text with the causes in a last column; once corrected it can be read as it is.

        Ignored columns are left out; no cell begins like a formula.
        """
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([*self.headings, CAUSE])
        say = catalogue(language).problem
        for faulty in self.faulty:
            causes = " ".join(say(p) for p in faulty.problems)
            writer.writerow([harmless(cell) for cell in (*faulty.cells, causes)])
        return text.getvalue()


def read_registration_list(
    data: bytes, filename: str, edition: Edition, *, ignore: tuple[str, ...] = ()
) -> RegistrationList:
    """The registrations in a CSV or XLSX file; FileRefused where its columns cannot be understood.

    Columns named in `ignore` are passed over; any other unknown column refuses the file, so that nothing personal comes
    in unnoticed.
    """
    names = session_names(edition.programme)
    table, position = table_with_headings(read_tables(data, filename), filename)
    headings = table.rows[position].cells
    rows = table.rows[position + 1 :]
    found = columns(headings, names, ignore=ignore)
    problems = tuple(_column_problems(found, rows, table.rows[position].line))
    if problems:
        raise FileRefused(filename, problems)
    reading = Reading(edition, names, found)
    for row in rows:
        reading.take(row)
    kept = kept_positions(found)
    return RegistrationList(
        tuple(reading.registrations), tuple(reading.faulty), tuple(headings[at] for at in kept)
    )


def table_with_headings(tables: tuple[Table, ...], filename: str) -> tuple[Table, int]:
    """The table and the position of its row of headings: of CSV readings the one that tells most columns apart."""
    found = [
        (table, position)
        for table in tables
        for position, row in enumerate(table.rows[:HEADING_WITHIN])
        if is_heading_row(row.cells)
    ]
    first = {id(table): (table, position) for table, position in reversed(found)}
    candidates = sorted(first.values(), key=lambda c: -len(c[0].rows[c[1]].cells))
    if not candidates:
        faults = tuple(table.fault for table in tables if table.fault is not None)
        raise FileRefused(filename, faults[:1] or (_no_headings(tables),))
    if len(candidates) > 1 and candidates[0][0].sheet:
        raise FileRefused(
            filename,
            (
                problem(
                    "Mehrere Tabellenblätter enthalten Anmeldungen: %(sheets)s. Lassen Sie nur eines davon in der "
                    "Datei.",
                    sheets=", ".join(f"„{table.sheet[:_SHOWN]}“" for table, _ in candidates),
                ),
            ),
        )
    table, position = candidates[0]
    if table.fault is not None:
        raise FileRefused(filename, (table.fault,))
    if len(table.rows) - position - 1 > MOST_ROWS:
        raise FileRefused(
            filename,
            (
                problem(
                    "Die Liste hat %(count)s Zeilen. Erlaubt sind höchstens %(limit)s.",
                    count=len(table.rows) - position - 1,
                    limit=MOST_ROWS,
                ),
            ),
        )
    return table, position


def _no_headings(tables: tuple[Table, ...]) -> Problem:
    rows = max(
        (table.rows for table in tables),
        key=lambda rows: len(rows[0].cells) if rows else 0,
        default=(),
    )
    if not rows:
        return problem("Die Datei ist leer.")
    return problem(
        "Keine Spalte heißt „E-Mail“. Die erste Zeile der Tabelle muss die Spalten benennen; gefunden: %(found)s.",
        line=rows[0].line,
        found=", ".join(f"„{cell[:_SHOWN]}“" for cell in rows[0].cells[:20] if cell),
    )


def _column_problems(
    found: tuple[Column, ...], rows: tuple[Row, ...], line: int
) -> Iterator[Problem]:
    unknown = [c.heading[:_SHOWN] for c in found if c.meaning is Meaning.UNKNOWN]
    if unknown:
        yield problem(
            "Diese Spalten sind unbekannt: %(columns)s. Löschen Sie sie aus der Liste, oder übergehen Sie sie "
            "beim Einlesen, jede mit: --ignore SPALTE",
            line=line,
            columns=", ".join(f"„{heading}“" for heading in unknown),
        )
    for column in doubled(found):
        yield problem(
            "Die Spalte „%(column)s“ gibt es zweimal, oder sie sagt dasselbe wie eine andere.",
            line=line,
            column=column.heading[:_SHOWN],
        )
    for at, column in enumerate(found):
        if not column.heading and any(at < len(row.cells) and row.cells[at] for row in rows):
            yield problem(
                "Die %(position)s. Spalte hat keine Überschrift, aber Inhalte.",
                line=line,
                position=at + 1,
            )
    if not rows:
        yield problem("Unter den Überschriften steht keine einzige Anmeldung.", line=line)


def kept_positions(found: tuple[Column, ...]) -> tuple[int, ...]:
    """Where the columns stand that are read."""
    return tuple(at for at, column in enumerate(found) if column.meaning is not Meaning.NOTHING)


@dataclass(slots=True)
class Reading:
    """Takes the lines one after the other; remembers who has been there."""

    edition: Edition
    names: SessionNames
    columns: tuple[Column, ...]
    registrations: list[Registration] = field(default_factory=list)
    faulty: list[FaultyLine] = field(default_factory=list)
    people: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Adds the line as a registration, or as faulty with everything wrong in it."""
        line = Line(self.edition, self.names, self.columns, row)
        registration = line.registration()
        self._check_known(line, registration)
        if line.problems:
            kept = tuple(
                row.cells[at] if at < len(row.cells) else "" for at in kept_positions(self.columns)
            )
            self.faulty.append(FaultyLine(row.line, kept, tuple(line.problems)))
        else:
            self.registrations.append(registration)

    def _check_known(self, line: Line, registration: Registration) -> None:
        """The same name and address is the same person; without a name only if no numbers tell them apart."""
        person = (registration.address.casefold(), registration.name.casefold())
        number = registration.number
        before = [
            earlier
            for earlier, its_number in self.people.get(person, ())
            if registration.name or not number or not its_number
        ]
        if before and registration.address:
            line.refuse(
                "Diese Person steht schon in Zeile %(first)s: gleicher Name und gleiche Adresse.",
                Meaning.ADDRESS,
                first=before[0],
            )
        elif number in self.numbers:
            line.refuse(
                "Die Anmeldenummer „%(number)s“ steht schon in Zeile %(first)s.",
                Meaning.NUMBER,
                number=number,
                first=self.numbers[number],
            )
        self.people.setdefault(person, []).append((registration.line, number))
        if number:
            self.numbers.setdefault(number, registration.line)
