"""Sources with probes: each statement and each way out of a branch tells once it was reached.

A tracer slows down all Python of a process, outside libraries and the tests themselves, by half or more; probes cost
something only where they stand. What they find is told in coverage.py's own terms.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage.parser import PythonParser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import CodeType

    Row = list[list[int]]

REACHED = "__reached__"
"""The module's list with one place for each probe: None until it was reached."""
CAUGHT = "__caught__"
"""Reaches a probe and hands on the classes that an `except` compares with."""


@dataclass(frozen=True, slots=True)
class Exit:
    """A branch at a line was left into the statements there, or elsewhere."""

    line: int
    statements: range
    leads_there: bool

    @property
    def other(self) -> Exit:
        """The way out that was not taken."""
        return Exit(self.line, self.statements, not self.leads_there)


@dataclass(frozen=True, slots=True)
class Probe:
    """What is known once a place was reached."""

    lines: tuple[int, ...]
    exits: tuple[Exit, ...] = ()


def with_probes(source: bytes, path: str) -> tuple[CodeType, tuple[Probe, ...]]:
    """The module's code with its probes, which number their places in the module's list."""
    weaver = _Weaver()
    tree = ast.parse(source, path)
    tree.body = weaver.woven(tree.body, may_begin_with_words=True)
    code = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
    return code, tuple(weaver.probes)


def as_row(probe: Probe) -> Row:
    """The probe in lists and numbers, for the way between processes."""
    exits = [
        [taken.line, taken.statements.start, taken.statements.stop, int(taken.leads_there)]
        for taken in probe.exits
    ]
    return [list(probe.lines), *exits]


def from_row(row: Row) -> Probe:
    """The probe that was in the row."""
    lines, *exits = row
    return Probe(
        tuple(lines),
        tuple(Exit(line, range(start, stop), bool(leads)) for line, start, stop, leads in exits),
    )


def arcs_of(path: Path, reached: Iterable[Probe]) -> set[tuple[int, int]]:
    """The reached lines, each as an arc to itself, and the ways that branches went, as coverage.py names them."""
    parser = PythonParser(text=path.read_text(encoding="utf-8"), filename=str(path))
    parser.parse_source()
    possible: dict[int, set[int]] = defaultdict(set)
    for start, end in parser.arcs():
        possible[start].add(end)
    probes = list(reached)
    lines = {parser.first_line(line) for probe in probes for line in probe.lines}
    taken = {way for probe in probes for way in probe.exits}
    arcs = {(line, line) for line in lines}
    for way in taken:
        start = parser.first_line(way.line)
        ends = [end for end in possible[start] if (end in way.statements) == way.leads_there]
        # Left by an error, or on the way to a `return` through `finally`: no more is claimed than was seen.
        arcs |= {(start, end) for end in ends if len(ends) == 1 and (end < 0 or end in lines)}
    return arcs


class _Weaver:
    """Sets probes between statements; at the same places as the statements, so that errors name the same lines."""

    def __init__(self) -> None:
        self.probes: list[Probe] = []

    def woven(
        self,
        statements: Sequence[ast.stmt],
        known: Probe = Probe(()),
        *,
        may_begin_with_words: bool = False,
    ) -> list[ast.stmt]:
        """The statements, each after its probe; reaching the first tells what is known, too."""
        woven: list[ast.stmt] = []
        before = known
        for place, statement in enumerate(statements):
            lines = (*before.lines, *_lines(statement))
            if may_begin_with_words and _must_stand_first(statement, place):
                before = Probe(lines, before.exits)
            else:
                woven.append(self._probe(Probe(lines, before.exits), statement))
                before = Probe(())
            self._enter(statement)
            woven.append(statement)
        if statements and before.lines:
            woven.append(self._probe(before, statements[-1]))
        return woven

    def _probe(self, probe: Probe, place: ast.AST) -> ast.stmt:
        self.probes.append(probe)
        reached = ast.Subscript(
            ast.Name(REACHED, ast.Load()), ast.Constant(len(self.probes) - 1), ast.Store()
        )
        return ast.copy_location(ast.Assign([reached], ast.Constant(value=True)), place)

    def _enter(self, statement: ast.stmt) -> None:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                statement.body = self.woven(statement.body, may_begin_with_words=True)
            case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
                self._enter_branch(statement)
            case ast.Match():
                self._enter_match(statement)
            case ast.Try() | ast.TryStar():
                self._enter_try(statement)
            case ast.With() | ast.AsyncWith():
                statement.body = self.woven(statement.body)
            case _:
                pass

    def _enter_branch(self, statement: ast.If | ast.For | ast.AsyncFor | ast.While) -> None:
        inside = Exit(statement.lineno, _span(statement.body), leads_there=True)
        outside = Probe((), (inside.other,))
        statement.body = self.woven(statement.body, Probe((), (inside,)))
        statement.orelse = self.woven(statement.orelse, outside) or [
            self._probe(outside, statement)
        ]

    def _enter_match(self, statement: ast.Match) -> None:
        tried = Probe(())
        for case in statement.cases:
            inside = Exit(case.pattern.lineno, _span(case.body), leads_there=True)
            lines = (*tried.lines, case.pattern.lineno)
            case.body = self.woven(case.body, Probe(lines, (*tried.exits, inside)))
            tried = Probe(lines, (*tried.exits, inside.other))
        last = statement.cases[-1]
        if last.guard is not None or not _always_fits(last.pattern):
            otherwise = ast.copy_location(ast.MatchAs(), last.pattern)
            statement.cases.append(
                ast.match_case(otherwise, body=[self._probe(tried, last.pattern)])
            )

    def _enter_try(self, statement: ast.Try | ast.TryStar) -> None:
        statement.body = self.woven(statement.body)
        for handler in statement.handlers:
            here = Probe((handler.lineno,))
            if handler.type is not None:
                self.probes.append(here)
                place = ast.Constant(len(self.probes) - 1)
                caught = ast.Call(ast.Name(CAUGHT, ast.Load()), [place, handler.type], [])
                handler.type = ast.copy_location(caught, handler.type)
            handler.body = self.woven(handler.body, here)
        statement.orelse = self.woven(statement.orelse)
        statement.finalbody = self.woven(statement.finalbody)


def _lines(statement: ast.stmt) -> tuple[int, ...]:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return (*(one.lineno for one in decorators), statement.lineno)


def _span(statements: Sequence[ast.stmt]) -> range:
    last = statements[-1]
    return range(min(_lines(statements[0])), (last.end_lineno or last.lineno) + 1)


def _must_stand_first(statement: ast.stmt, place: int) -> bool:
    match statement:
        case ast.Expr(ast.Constant(str())):
            return place == 0
        case ast.ImportFrom(module="__future__"):
            return True
        case _:
            return False


def _always_fits(pattern: ast.pattern) -> bool:
    match pattern:
        case ast.MatchOr():
            return _always_fits(pattern.patterns[-1])
        case ast.MatchAs():
            return pattern.pattern is None or _always_fits(pattern.pattern)
        case _:
            return False
