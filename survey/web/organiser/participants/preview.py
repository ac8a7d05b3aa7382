"""An uploaded list before it counts: faulty lines are mended or left out, then what it changes, then it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.responses import Response

from forms.mapped_list import (
    faulty_line,
    fits_programme,
    kept_columns,
    left_out_lines,
    read_mapped_list,
)
from survey import holding_lists, registering
from survey.model.event import EditionState
from survey.web.attachment import SANDBOX
from survey.web.organiser.participants.held_table import HeldTable, choose, gone, held_table
from survey.web.organiser.participants.plan_words import plan_in_words
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from forms.registration_list import FaultyLine
    from survey.errors import Problem
    from survey.model.import_plan import ImportPlan
    from survey.web.workplace.desk import Desk

CONFLICT = 409
MOST_CELLS = 150
"""Fields of one form of faulty lines."""
LONGEST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a faulty line, to be mended."""

    name: str
    label: str
    value: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One faulty line."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The list as chosen: what is wrong with it, and what it would change."""

    busy: HeldTable
    faulty: tuple[FaultyLine, ...]
    plan: ImportPlan


def show_preview(desk: Desk) -> Response:
    """Faulty lines first; once there are none, what the list changes."""
    busy = held_table(desk)
    if busy is None:
        return gone(desk)
    if not fits_programme(busy.record.edition, busy.choices):
        return desk.go(edition_address(busy.record, "teilnehmende", "liste", "spalten"))
    return _page(desk, _read(desk, busy))


def mend(desk: Desk) -> Response:
    """Cells are as typed, and lines left out as ticked; the rest of the list stays as it was."""
    busy = held_table(desk)
    if busy is None:
        return gone(desk)
    choices = busy.choices
    match desk.own.get("action", ""):
        case "leave_all":
            lines = tuple(line.line for line in _read(desk, busy).faulty)
            choices = choices.mended({}, lines)
        case "bring_back":
            choices = replace(choices, left_out=())
        case "add_only":
            choices = replace(choices, adds_only=True)
        case "replace_all":
            choices = replace(choices, adds_only=False)
        case _:
            faulty = {str(line.line): line.line for line in _read(desk, busy).faulty}
            kept = {str(at) for at in kept_columns(busy.table, busy.record.edition, choices)}
            typed = {}
            for name, values in desk.fields.items():
                line, _, position = name.removeprefix("cell-").partition("-")
                if name.startswith("cell-") and line in faulty and position in kept:
                    typed[f"{line}-{position}"] = values[0][:LONGEST_CELL]
            out = tuple(
                faulty[value] for value in desk.fields.get("left_out", ()) if value in faulty
            )
            choices = choices.mended(typed, out)
    choose(desk, busy, choices)
    return desk.go(edition_address(busy.record, "teilnehmende", "liste", "pruefen"))


def take_over(desk: Desk) -> Response:
    """The list counts now, whole, if it still does what was shown."""
    busy = held_table(desk)
    if busy is None:
        return gone(desk)
    if not fits_programme(busy.record.edition, busy.choices):
        return desk.go(edition_address(busy.record, "teilnehmende", "liste", "spalten"))
    read = _read(desk, busy)
    if read.faulty:
        return desk.go(edition_address(busy.record, "teilnehmende", "liste", "pruefen"))
    shown = desk.own.get("revision", "").partition(".")[2]
    if shown != holding_lists.shown_as(read.plan):
        return _page(desk, read, has_moved=True)
    registering.apply_import(desk.inst, busy.record.name, read.plan, held_by=desk.person.id)
    say = desk.words.gettext
    notice = say("Die Liste ist eingelesen.")
    if read.plan.added and busy.record.state(desk.inst.clock()) is EditionState.OPEN:
        notice = say("Die Liste ist eingelesen. Die neuen Personen laden Sie unter „Versand“ ein.")
    return desk.go(edition_address(busy.record, "teilnehmende"), notice=notice)


def hand_over_left_out(desk: Desk) -> Response:
    """The lines that were left out, as a file to mend elsewhere."""
    busy = held_table(desk)
    if busy is None:
        return gone(desk)
    lines = left_out_lines(busy.table, busy.record.edition, busy.choices)
    content = lines.faulty_lines_in(desk.words.language).encode("utf-8-sig")
    headers = {
        "Content-Disposition": 'attachment; filename="ausgelassen.csv"',
        "Content-Security-Policy": SANDBOX,
        "Content-Type": "text/csv; charset=utf-8",
    }
    return Response(content, headers=headers)


def _read(desk: Desk, busy: HeldTable) -> Read:
    edition, choices = busy.record.edition, busy.choices
    found = read_mapped_list(busy.table, edition, choices)
    plan = registering.plan_import(
        desk.inst, busy.record.name, found.registrations, add_only=choices.adds_only
    )
    again = (faulty_line(busy.table, edition, choices, why=why) for why in plan.refused)
    faulty = tuple(sorted((*found.faulty, *again), key=lambda line: line.line))
    return Read(busy, faulty, plan)


def _page(desk: Desk, read: Read, *, has_moved: bool = False) -> Response:
    busy = read.busy
    positions = kept_columns(busy.table, busy.record.edition, busy.choices)
    most = max(1, MOST_CELLS // (len(positions) + 1))
    here = edition_address(busy.record, "teilnehmende", "liste")
    if read.faulty:
        return desk.draw(
            "workplace/participants/faulty_lines.html",
            lines=[_line(busy, line, positions) for line in read.faulty[:most]],
            faulty=len(read.faulty),
            sound=len(busy.table.rows) - len(read.faulty) - len(busy.choices.left_out),
            edition=busy.record,
            held=busy.held,
            here=here,
            left_out=busy.choices.left_out,
        )
    return desk.draw(
        "workplace/participants/preview.html",
        status=CONFLICT if has_moved else 200,
        has_moved=has_moved,
        plan=plan_in_words(
            desk.words,
            busy.record,
            read.plan,
            is_open=busy.record.state(desk.inst.clock()) is EditionState.OPEN,
        ),
        adds_only=busy.choices.adds_only,
        shown=f"{busy.held.id}.{holding_lists.shown_as(read.plan)}",
        edition=busy.record,
        held=busy.held,
        here=here,
        left_out=busy.choices.left_out,
    )


def _line(busy: HeldTable, faulty: FaultyLine, positions: tuple[int, ...]) -> Line:
    headings = [busy.table.headings[at] for at in positions]
    places = [p.place if p.place in headings else headings[0] for p in faulty.problems]
    cells = []
    for at, heading, value in zip(positions, headings, faulty.cells, strict=True):
        is_first = headings.index(heading) == positions.index(at)
        problems = tuple(
            p
            for p, place in zip(faulty.problems, places, strict=True)
            if place == heading and is_first
        )
        cells.append(Cell(f"cell-{faulty.line}-{at}", heading, value, problems))
    return Line(faulty.line, tuple(cells))
