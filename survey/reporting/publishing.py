"""Which groups of people a summary shows, and the proof that together they give nobody away.

After the count there are no rows per person, so kinds of people (atoms) are known as far as the tables
tell them apart: those in each cell of a breakdown or pair, and the rest who did not say.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from survey.statistics.disclosure_audit import Violation, audit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.model.summary import EditionSummary, Finding, GroupSummary

_EVERYBODY = "everybody"


def audit_summary(summary: EditionSummary) -> tuple[Violation, ...]:
    """Everybody the published tables of a summary would give away; empty is the promise."""
    return tuple(v for table in _tables(summary) for v in table)


def _tables(summary: EditionSummary) -> Iterable[list[Violation]]:
    general = [f for s in summary.sections for f in s.findings]
    groups: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for group in (*summary.breakdown, *summary.pairs):
        for found in group.findings:
            groups[group.by, found.code][group.value] = found.base.n
    for (_, code), cells in groups.items():
        whole = next(f for f in general if f.code == code)
        yield _one_table(whole, cells, summary.disclosure_threshold)
    for found in (*general, *(f for s in summary.sessions for f in s.findings)):
        if not found.suppressed and found.base.n:
            yield audit(
                {_EVERYBODY},
                {frozenset({_EVERYBODY}): found.base.n},
                threshold=summary.disclosure_threshold,
            )


def _one_table(whole: Finding, cells: dict[str, int], threshold: int) -> list[Violation]:
    atoms = {frozenset({_EVERYBODY, f"={value}"}): n for value, n in cells.items()}
    rest = whole.base.n - sum(cells.values())
    if rest:
        atoms[frozenset({_EVERYBODY})] = rest
    published = {f"={value}" for value in cells}
    if not whole.suppressed:
        published.add(_EVERYBODY)
    return audit(published, atoms, threshold=threshold)


def group_definitions(summary: EditionSummary) -> tuple[str, ...]:
    """The groups a published summary draws on, for the frozen log of publications."""

    def names(group: GroupSummary) -> str:
        return f"{group.by}={group.value}"

    return (
        _EVERYBODY,
        *(f"session={s.session.code}" for s in summary.sessions if not s.suppressed),
        *sorted({names(g) for g in (*summary.breakdown, *summary.pairs)}),
    )
