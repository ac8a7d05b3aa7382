"""What was wanted of each property of the next edition: format, rounds, length, time; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.model.planning import DecisionTable, Majority, OptionLine
from survey.model.summary import ChoicesFinding
from survey.planning.majority import majority_of
from survey.planning.subjects import (
    FORMAT,
    FORMAT_ACCEPTABLE,
    TABLES,
    TOOK_PART,
    option_subject,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from survey.language.wording import Wording
    from survey.model.comparison import Change
    from survey.model.summary import EditionSummary, Finding, Share

_ONE_OF_SEVERAL = frozenset({"single", "yes_no"})


def findings_of_everybody(summary: EditionSummary) -> tuple[Finding, ...]:
    """General findings of what was asked of everybody: what only some were asked says nothing about all."""
    return tuple(f for s in summary.sections if s.asked_if is None for f in s.findings)


def decision_tables(
    summary: EditionSummary, changes: Mapping[str, Change]
) -> tuple[DecisionTable, ...]:
    """One table for each property that was asked about, in the order of the sheet.

    `changes` by the key of a comparison's line.
    """
    asked = {
        found.code: found
        for found in findings_of_everybody(summary)
        if isinstance(found, ChoicesFinding) and found.suppressed != "never_asked"
    }
    return tuple(
        _table(found, summary, acceptable=asked.get(FORMAT_ACCEPTABLE), changes=changes)
        for code in TABLES
        if (found := asked.get(code)) is not None and found.kind in _ONE_OF_SEVERAL
    )


def _table(
    found: ChoicesFinding,
    summary: EditionSummary,
    *,
    acceptable: ChoicesFinding | None,
    changes: Mapping[str, Change],
) -> DecisionTable:
    if found.suppressed is not None:
        return DecisionTable(
            found.code,
            found.wording,
            found.base,
            (),
            Majority.WITHHELD,
            suppressed=found.suppressed,
        )
    attendance = _by_attendance(found.code, summary)
    would_do = _shares(acceptable) if found.code == FORMAT else {}
    options = tuple(
        OptionLine(
            choice.code,
            choice.label,
            choice.count,
            choice.share,
            by_attendance=attendance.get(choice.code, ()),
            acceptable=would_do.get(choice.code),
            change=changes.get(option_subject(found.code, choice.code)),
        )
        for choice in found.choices
        if choice.share is not None
    )
    majority, leaders = majority_of(options)
    return DecisionTable(found.code, found.wording, found.base, options, majority, leaders)


def _by_attendance(
    code: str, summary: EditionSummary
) -> dict[str, tuple[tuple[Wording, int, int], ...]]:
    """For each option, by how people took part: only where every group of the table may be shown."""
    groups = [group for group in summary.breakdown if group.by == TOOK_PART]
    groups = groups or [group for group in summary.pairs if group.by == TOOK_PART]
    tables = [
        (group.label, found)
        for group in groups
        for found in group.findings
        if found.code == code and isinstance(found, ChoicesFinding)
    ]
    if any(found.suppressed is not None for _, found in tables):
        return {}
    lines: dict[str, tuple[tuple[Wording, int, int], ...]] = {}
    for label, found in tables:
        for choice in found.choices:
            line = (label, choice.count, found.base.n)
            lines[choice.code] = (*lines.get(choice.code, ()), line)
    return lines


def _shares(found: ChoicesFinding | None) -> dict[str, Share]:
    if found is None:
        return {}
    return {choice.code: choice.share for choice in found.choices if choice.share is not None}
