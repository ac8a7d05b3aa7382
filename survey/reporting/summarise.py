"""The use case "summary of an edition": what pages, reports and spreadsheets are made from.

`summarise` is what the next version would say; what has left the house is `published.published_summary`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.model.theme import theme_counts
from survey.preparing import find_edition
from survey.reporting.edition_summary import build_summary
from survey.storage import tallies, texts, themes, totals, ways_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.summary import EditionSummary, ThemeCount
    from survey.model.tally import KeptText
    from survey.storage.connection import Connection


def summarise(inst: Installation, name: str) -> EditionSummary:
    """The summary of a counted edition with everything released so far; NotAllowed before the count."""
    record = require_counted(inst, name)
    connection = inst.database.read()
    kept = texts.of_edition(connection, record.id)
    summary = summary_with(connection, record, kept)
    return replace(summary, themes=current_themes(connection, record, kept), themes_among=len(kept))


def require_counted(inst: Installation, name: str) -> EditionRecord:
    """The edition; NotAllowed before its count."""
    record = find_edition(inst, name)
    if record.counted is None:
        raise NotAllowed(problem("Diese Ausgabe ist noch nicht ausgezählt."))
    return record


def summary_with(
    connection: Connection, record: EditionRecord, quoted: Iterable[KeptText]
) -> EditionSummary:
    """The summary that quotes those of these texts that are released, without themes."""
    quotes: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for text in quoted:
        if text.released is not None:
            quotes[text.session, text.item] += (text.released,)
    return build_summary(
        record,
        tallies.of_edition(connection, record.id),
        totals.of_edition(connection, record.id),
        quotes,
        attended=ways_in.of_edition(connection, record.id).attended,
    )


def current_themes(
    connection: Connection, record: EditionRecord, kept: Iterable[KeptText]
) -> tuple[ThemeCount, ...]:
    """Themes that enough texts speak of, as coded so far."""
    return theme_counts(
        themes.of_series(connection, record.owner, record.edition.series),
        kept,
        themes.coding(connection, record.id),
        threshold=record.edition.disclosure_threshold,
    )
