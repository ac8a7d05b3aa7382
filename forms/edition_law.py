"""The law of editions: what an edition file may not say, no form may make either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.edition_file import read_edition_file
from forms.edition_writing import write_edition_file
from survey.errors import FileRefused

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from survey.errors import Problem
    from survey.model.event import Edition


def broken_rules(
    edition: Edition, *, zone: ZoneInfo, before: Edition | None = None
) -> tuple[Problem, ...]:
    """Everything that would be refused if the edition came as a file, and was not so before; empty if all is well."""
    known = set() if before is None else {_said(p) for p in _refused(before, zone)}
    return tuple(p for p in _refused(edition, zone) if _said(p) not in known)


def _refused(edition: Edition, zone: ZoneInfo) -> tuple[Problem, ...]:
    written = write_edition_file(edition, zone=zone).encode()
    try:
        read_edition_file(written, edition.name, zone=zone)
    except FileRefused as refusal:
        return refusal.problems
    return ()


def _said(problem: Problem) -> tuple[object, ...]:
    return (problem.key, problem.facts, problem.place)
