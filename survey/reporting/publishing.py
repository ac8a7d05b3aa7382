"""Which groups of people a summary shows, and the proof that together they give nobody away.

After the count there are no rows per person, so kinds of people (atoms) are known as far as the tables
tell them apart: those in each cell of a breakdown or pair, and the rest who did not say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.reporting.publication_log import tables_of_summary
from survey.statistics.published_audit import audit_published

if TYPE_CHECKING:
    from survey.model.summary import EditionSummary, GroupSummary
    from survey.statistics.published_audit import Exposure

_EVERYBODY = "everybody"


def audit_summary(summary: EditionSummary) -> tuple[Exposure, ...]:
    """Everybody the published tables of a summary would give away; empty is the promise."""
    return audit_published(tables_of_summary(summary), threshold=summary.disclosure_threshold)


def group_definitions(summary: EditionSummary) -> tuple[str, ...]:
    """The groups a published summary draws on, for the frozen log of publications."""

    def names(group: GroupSummary) -> str:
        return f"{group.by}={group.value}"

    return (
        _EVERYBODY,
        *(f"session={s.session.code}" for s in summary.sessions if not s.suppressed),
        *sorted({names(g) for g in (*summary.breakdown, *summary.pairs)}),
    )
