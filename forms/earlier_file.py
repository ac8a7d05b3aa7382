"""Files of another tool's results: tables of frequencies, or rows of answers, as CSV or XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.earlier_frequencies import is_frequencies, read_frequencies, survey_of
from forms.earlier_rows import read_rows
from forms.spreadsheet_process import MOST_ROWS
from forms.table_file import Table, read_tables
from survey.errors import FileRefused, Problem, problem

if TYPE_CHECKING:
    from survey.model.foreign_survey import TheirQuestion, TheirSurvey

HEADINGS_WITHIN = 20
"""So many rows may precede a table of frequencies: titles, dates, notes."""


def read_earlier_file(data: bytes, name: str) -> TheirSurvey:
    """What the file counts; FileRefused where nothing in it can be used."""
    tables = read_tables(data, name)
    sound = [table for table in tables if table.rows and table.fault is None]
    frequencies = [
        (table, at) for table in sound for at in [_frequency_headings(table)] if at is not None
    ]
    survey = (
        _from_frequencies(_widest(frequencies), name)
        if frequencies
        else _from_rows(tables, sound, name)
    )
    if not survey.questions:
        raise FileRefused(
            name,
            (
                problem(
                    "In der Datei steht keine Frage mit Antworten zum Auswählen, die mindestens fünf Personen "
                    "beantwortet haben."
                ),
            ),
        )
    return survey


def _frequency_headings(table: Table) -> int | None:
    return next(
        (at for at, row in enumerate(table.rows[:HEADINGS_WITHIN]) if is_frequencies(row.cells)),
        None,
    )


def _widest(found: list[tuple[Table, int]]) -> list[tuple[Table, int]]:
    """All sheets of a workbook; of the readings of one CSV text only the one that tells most columns apart."""
    if found[0][0].sheet:
        return found
    return [max(found, key=lambda each: len(each[0].rows[each[1]].cells))]


def _from_frequencies(found: list[tuple[Table, int]], name: str) -> TheirSurvey:
    questions: dict[str, TheirQuestion] = {}
    problems: list[Problem] = []
    for table, at in found:
        read = read_frequencies(table.rows[at].cells, table.rows[at + 1 :])
        problems += read.problems
        for question in read.questions:
            if question.key in questions:
                problems.append(
                    problem(
                        "Die Frage „%(question)s“ steht auf zwei Tabellenblättern.",
                        question=question.text[:80],
                    )
                )
            questions[question.key] = question
    if problems:
        raise FileRefused(name, tuple(problems[:100]))
    return survey_of(tuple(questions.values()), name)


def _from_rows(tables: tuple[Table, ...], sound: list[Table], name: str) -> TheirSurvey:
    filled = [table for table in sound if len(table.rows) > 1]
    if not filled:
        faults = tuple(table.fault for table in tables if table.fault is not None)
        empty = problem("Unter den Überschriften steht keine einzige Antwort.")
        raise FileRefused(name, faults[:1] or (empty,))
    if filled[0].sheet and len(filled) > 1:
        raise FileRefused(
            name,
            (
                problem(
                    "Mehrere Tabellenblätter enthalten Antworten: %(sheets)s. Lassen Sie nur eines davon in der "
                    "Datei.",
                    sheets=", ".join(f"„{table.sheet[:60]}“" for table in filled),
                ),
            ),
        )
    table = max(filled, key=lambda each: len(each.rows[0].cells))
    if len(table.rows) - 1 > MOST_ROWS:
        raise FileRefused(
            name,
            (
                problem(
                    "Die Liste hat %(count)s Zeilen. Erlaubt sind höchstens %(limit)s.",
                    count=len(table.rows) - 1,
                    limit=MOST_ROWS,
                ),
            ),
        )
    return read_rows(table.rows[0].cells, table.rows[1:], name)
