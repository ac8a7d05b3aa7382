"""Rows of answers from another tool, tallied while they are read: what remains says nothing about a row.

LimeSurvey names a column `Q1` or `Q1[SQ001]`, or by its words: `Question [Part]`. Microsoft Forms writes several
answers into one cell, each ended by a semicolon. Other tools have one column for each answer that can be ticked.
"""
# ruff: noqa: SIM905 -- sixty names read better as a text than as a list

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.model.foreign_survey import (
    MOST_ANSWERS,
    Manner,
    TheirAnswer,
    TheirQuestion,
    TheirSurvey,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forms.table_file import Row

MOST_VALUES = 25
LONGEST_VALUE = 120
LONGEST_HEADING = 400
OTHER_VALUE = "-oth-"
_FEW = 5
_LONGEST_RARE = 60
"""Answers to choose from that only one person chose are shorter."""
_FEWEST_WORDS = 3
_CALLS_SOMEBODY = re.compile(r"\b(?:Frau|Herrn?|Dr\.|Prof\.|Mrs?\.?|Ms\.?)\s+[A-ZÄÖÜ]")
_TICKED = frozenset(
    {"y", "yes", "ja", "1", "x", "true", "wahr", "✓", "✔", "on", "ausgewählt", "gewählt", "checked"}
)
_UNTICKED = frozenset(
    {
        "",
        "n",
        "no",
        "nein",
        "0",
        "false",
        "falsch",
        "nicht ausgewählt",
        "nicht gewählt",
        "unchecked",
    }
)
_OTHER_PARTS = frozenset({"other", "sonstiges", "sonstige", "andere", "anderes"})
_PERSONAL = frozenset(
    "id, antwort id, antwort-id, response id, submitdate, datum abgeschickt, date submitted, lastpage, "
    "letzte seite, last page, startlanguage, start-sprache, start language, seed, zufallsstartwert, startdate, "
    "datum gestartet, date started, datestamp, datum letzte aktivität, date last action, ipaddr, ip-adresse, "
    "ip address, refurl, weiterleitungs-url, referrer url, token, zugangscode, zugangsschlüssel, access code, "
    "interviewtime, gesamtzeit, total time, startzeit, start time, fertigstellungszeit, completion time, "
    "zeitpunkt der letzten änderung, last modified time, e-mail, email, mail, e-mail-adresse, email address, name, "
    "vorname, nachname, first name, last name, nutzername, username, zeitstempel, timestamp, sprache, language, "
    "gesamtpunktzahl, total points, quizfeedback, quiz feedback, bogen, bogennummer, bogen-nr, fragebogen, tan, "
    "losung, barcode, nr, nr., lfd. nr., laufende nummer".split(", ")
)
"""Columns about the person or the sheet of paper; none of them is read."""
_SENT = frozenset({"submitdate", "datum abgeschickt", "date submitted"})
_COUNTED_TIME = re.compile(r"(?:group|question)time\d*", re.IGNORECASE)
_CODED = re.compile(r"([A-Za-z]\w{0,40}(?:\[[^\[\]]{1,40}\]){0,2})\.\s+(.+)", re.DOTALL)
_PART = re.compile(r"(.*?\S)\s*\[([^\[\]]*)\](?:\[([^\[\]]*)\])?", re.DOTALL)
_PLACE = re.compile(r"(?:(?:rang|platz|rank)\s*)?(\d{1,2})", re.IGNORECASE)
_SOFT_PART = re.compile(r"(.*\S)\s*(?::\s+|\s[-–/|]\s+|_)([^_:]*\S)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Column:
    """One column that is read."""

    key: str
    text: str
    stem: str
    """What it shares with other columns of the same question; empty if it stands alone."""
    part: str
    part_text: str
    cells: tuple[str, ...]


def read_rows(headings: Sequence[str], rows: Sequence[Row], file_name: str) -> TheirSurvey:
    """What the rows say, question by question."""
    passed: list[str] = []
    names = [one_line(heading)[:LONGEST_HEADING].strip() for heading in headings]
    sent = next((at for at, name in enumerate(names) if name.casefold() in _SENT), None)
    counted = [row.cells for row in rows]
    if sent is not None and any(_cell(cells, sent) for cells in counted):
        counted = [cells for cells in counted if _cell(cells, sent)]
    columns = []
    keys: set[str] = set()
    for at, name in enumerate(names):
        cells = tuple(_cell(row, at) for row in counted)
        if not any(cells):
            continue
        column = _column(name, cells)
        if not name or column.key in keys or _tells_who(name):
            passed.append(name or f"{at + 1}.")
        else:
            keys.add(column.key)
            columns.append(column)
    groups = _groups(columns)
    questions = [q for group in groups for q in _questions(group, passed)]
    filled = sum(any(column.cells[at] for column in columns) for at in range(len(counted)))
    survey = TheirSurvey(
        file_name=file_name,
        questions=(),
        responses=filled,
        unfinished=len(rows) - len(counted),
        passed_over=tuple(dict.fromkeys(passed)),
    )
    return survey.with_questions(tuple(questions))


def _cell(cells: Sequence[str], at: int) -> str:
    return one_line(cells[at]) if at < len(cells) else ""


def _tells_who(name: str) -> bool:
    said = name.casefold().rstrip(":. ")
    return said in _PERSONAL or bool(_COUNTED_TIME.fullmatch(said))


def _column(name: str, cells: tuple[str, ...]) -> _Column:
    coded = _CODED.fullmatch(name)
    key, text = (coded[1], coded[2].strip()) if coded else (name, name)
    found = _PART.fullmatch(key)
    said = _PART.fullmatch(text)
    if found is None:
        return _Column(key, text, "", "", "", cells)
    stem = f"{found[1]}\n{found[3]}" if found[3] else found[1]
    part_text = said[2].strip() if said else found[2].strip()
    return _Column(key, text, stem, found[2].strip(), part_text, cells)


def _groups(columns: Iterable[_Column]) -> list[list[_Column]]:
    """Columns of one question together, in the order of the file."""
    columns = tuple(columns)
    soft = Counter(
        found[1] for column in columns if not column.stem and (found := _ticked_part(column))
    )
    groups: dict[str, list[_Column]] = {}
    for column in columns:
        found = None if column.stem else _ticked_part(column)
        if found is not None and soft[found[1]] > 1:
            part = found[2].strip()
            column = _Column(column.key, column.text, found[1], part, part, column.cells)  # noqa: PLW2901
            groups.setdefault(f"soft\n{found[1]}", []).append(column)
        else:
            groups.setdefault(column.stem or f"alone\n{column.key}", []).append(column)
    return list(groups.values())


def _ticked_part(column: _Column) -> re.Match[str] | None:
    return _SOFT_PART.fullmatch(column.key) if _is_ticks(column) else None


def _questions(group: list[_Column], passed: list[str]) -> list[TheirQuestion]:
    if len(group) > 1:
        others = [c for c in group if c.part.casefold() in _OTHER_PARTS]
        rest = [c for c in group if c not in others and c.part.casefold() != "comment"]
        passed += [c.key for c in group if c.part.casefold() == "comment"]
        if 1 < len(rest) < MOST_ANSWERS and all(_is_ticks(c) for c in rest):
            several = _several(rest, others, passed)
            if (several.answered or 0) >= _FEW:
                return [several]
            passed.append(several.key)
            return []
        if len(rest) > 1 and _is_ranking(rest):
            return [_ranked(rest)]
    return [question for column in group if (question := _alone(column, passed)) is not None]


def _is_ticks(column: _Column) -> bool:
    values = {cell.casefold() for cell in column.cells}
    return bool(values & _TICKED) and values <= _TICKED | _UNTICKED


def _several(columns: list[_Column], others: list[_Column], passed: list[str]) -> TheirQuestion:
    """One question, answered by ticking columns; whoever ticked nothing did not answer."""
    ticks = [tuple(cell.casefold() in _TICKED for cell in column.cells) for column in columns]
    answers = [
        TheirAnswer(column.part, column.part_text[:LONGEST_VALUE], sum(ticked))
        for column, ticked in zip(columns, ticks, strict=True)
    ]
    for column in others:
        written = tuple(cell.casefold() not in _UNTICKED for cell in column.cells)
        ticks.append(written)
        answers.append(TheirAnswer(column.part, column.part_text[:LONGEST_VALUE], sum(written)))
    stem = columns[0].stem.partition("\n")[0]
    said = _PART.fullmatch(columns[0].text)
    return TheirQuestion(
        key=stem,
        text=said[1].strip() if said else stem,
        manner=Manner.SEVERAL,
        answers=tuple(answers),
        answered=sum(map(any, zip(*ticks, strict=True))),
        columns=tuple(q for column in columns if (q := _alone(column, passed)) is not None),
    )


def _is_ranking(columns: list[_Column]) -> bool:
    """Places 1, 2, 3 …, and nobody put the same thing on two of them or left one out in between."""
    places = [_PLACE.fullmatch(column.part) for column in columns]
    if [found and found[1] for found in places] != [str(n) for n in range(1, len(columns) + 1)]:
        return False
    rows = [tuple(filter(None, row)) for row in _across(columns)]
    orderly = all(
        row[: len(said)] == said for row, said in zip(_across(columns), rows, strict=True)
    )
    distinct = all(len(set(said)) == len(said) for said in rows)
    shared = len({cell for said in rows for cell in said}) < sum(map(len, rows))
    return orderly and distinct and shared and not any(c.isdecimal() for r in rows for c in r)


def _across(columns: list[_Column]) -> list[tuple[str, ...]]:
    return list(zip(*(column.cells for column in columns), strict=True))


def _ranked(columns: list[_Column]) -> TheirQuestion:
    """One question, answered by putting things in order; its three first places count."""
    rows = [tuple(filter(None, row)) for row in _across(columns)]
    named = Counter(cell[:LONGEST_VALUE] for said in rows for cell in said[:3])
    first = Counter(said[0][:LONGEST_VALUE] for said in rows if said)
    said = _PART.fullmatch(columns[0].text)
    return TheirQuestion(
        key=columns[0].stem,
        text=said[1].strip() if said else columns[0].stem,
        manner=Manner.RANKED,
        answers=tuple(TheirAnswer(v, v, n, first[v]) for v, n in sorted(named.items())),
        answered=sum(map(bool, rows)),
    )


def _alone(column: _Column, passed: list[str]) -> TheirQuestion | None:
    """The question of one column; None if it holds texts, or what only one person says."""
    cells = [cell for cell in column.cells if cell]
    parts = [_split(cell) for cell in cells]
    if cells and all(cell.endswith(";") for cell in cells) and all(parts):
        several = Counter(value for split in parts for value in set(split))
        if _is_closed(list(several), sum(several.values())) and not _were_written(several):
            return TheirQuestion(
                key=column.key,
                text=column.text,
                manner=Manner.SEVERAL,
                answers=_answers(several),
                answered=len(cells),
            )
    values = Counter(cells)
    if not _is_closed(list(values), len(cells)) or _were_written(values):
        passed.append(column.key)
        return None
    return TheirQuestion(
        key=column.key, text=column.text, manner=Manner.ONE, answers=_answers(values)
    )


def _split(cell: str) -> tuple[str, ...]:
    """Several answers in one cell: each is ended by a semicolon."""
    if not cell.endswith(";"):
        return (cell,)
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _is_closed(values: list[str], filled: int) -> bool:
    """Whether these look like answers to choose from, not like what people wrote."""
    if any(len(value) > LONGEST_VALUE or "@" in value for value in values):
        return False
    if len(values) > MOST_VALUES or filled < _FEW or _are_sentences(values):
        return False
    return all(_is_small_number(value) for value in values) or len(values) * 10 < filled * 7


def _are_sentences(values: list[str]) -> bool:
    """Answers to choose from have no full stop; what people write often has one."""
    return sum(value.endswith((".", "!")) for value in values) * 2 > len(values)


def _were_written(values: Counter[str]) -> bool:
    """Whether some wrote something of their own among many that wrote "nein" or "keine", or called somebody by name."""
    own = [value for value, people in values.items() if people == 1]
    if any(len(value) > _LONGEST_RARE or _CALLS_SOMEBODY.search(value) for value in own):
        return True
    written = [value for value in own if len(value.split()) >= _FEWEST_WORDS]
    return len(written) * 2 >= len(values)


def _is_small_number(value: str) -> bool:
    return value.isdecimal() and value.isascii() and len(value) <= 2  # noqa: PLR2004 -- 0 to 10, and codes


def _answers(values: Counter[str]) -> tuple[TheirAnswer, ...]:
    ordered = sorted(values.items(), key=lambda each: _order(each[0]))
    return tuple(TheirAnswer(value, value, n) for value, n in ordered)


def _order(value: str) -> tuple[int, str]:
    """Numbers by their size, then words."""
    return (int(value), "") if _is_small_number(value) else (1000, value.casefold())
