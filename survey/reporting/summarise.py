"""The use case "summary of an edition": what pages, reports and spreadsheets are made from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.preparing import find_edition
from survey.reporting.edition_summary import build_summary
from survey.storage import tallies, texts, totals

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.summary import EditionSummary


def summarise(inst: Installation, name: str) -> EditionSummary:
    """The summary of a counted edition; NotAllowed before the count."""
    record = find_edition(inst, name)
    if record.counted is None:
        raise NotAllowed(problem("Diese Ausgabe ist noch nicht ausgezählt."))
    connection = inst.database.read()
    quotes: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for text in texts.of_edition(connection, record.id):
        if text.released is not None:
            quotes[text.session, text.item] += (text.released,)
    return build_summary(
        record,
        tallies.of_edition(connection, record.id),
        totals.of_edition(connection, record.id),
        quotes,
    )
