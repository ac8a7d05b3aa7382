"""From what the count has left to the findings of groups: by the breakdown, and by pairs of questions; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.language.wording import Wording
from survey.model import items
from survey.model.items import Shape
from survey.model.summary import GroupSummary
from survey.model.tally import (
    ALL_OTHERS,
    BETTER_HALF,
    HALVES,
    OTHER_HALF,
    breakdown_grouping,
    pair_grouping,
)
from survey.reporting.findings import base_of, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from survey.model.event import Edition, EditionRecord
    from survey.model.items import Item
    from survey.model.summary import Finding

    Counts = Mapping[tuple[str, str, str], Mapping[str, int]]
    """By session, grouping and item: tally values with their numbers; none where there is no such table."""

_OTHERS = {
    OTHER_HALF: Wording("alle anderen", "alle anderen", "all others"),
    ALL_OTHERS: Wording(
        "alle anderen, auch ohne Angabe",
        "alle anderen, auch ohne Angabe",
        "all others, with or without an answer",
    ),
}


def breakdown_groups(record: EditionRecord, counts: Counts) -> tuple[GroupSummary, ...]:
    """General findings per value of the breakdown, of items where every cell and the rest are large enough."""
    edition = record.edition
    if edition.breakdown is None:
        return ()
    by = edition.breakdown.item
    splitter = edition.questionnaire.item(by)
    values = [c for c in items.choices(splitter) if counts["", "", by].get(c.code)]
    shown: dict[str, list[Finding]] = {c.code: [] for c in values}
    for item in edition.questionnaire.general_items():
        if item.code == by or items.shape(item) is Shape.TEXTS:
            continue
        cells = {c.code: counts["", breakdown_grouping(c.code), item.code] for c in values}
        for code, found in _cells(record, item, cells, counts["", "", item.code]).items():
            shown[code].append(found)
    return tuple(
        GroupSummary(by, c.code, c.label, tuple(shown[c.code])) for c in values if shown[c.code]
    )


def pair_groups(record: EditionRecord, counts: Counts) -> tuple[GroupSummary, ...]:
    """Each pair by the answers to its second question, or by the halves of that where the count kept those."""
    edition = record.edition
    found: list[GroupSummary] = []
    for pair in edition.pairs:
        item = edition.questionnaire.item(pair.item)
        splitter = edition.questionnaire.item(pair.by)
        labels = {
            c.code: c.label for c in items.choices(splitter) if counts["", "", pair.by].get(c.code)
        }
        halves = [h for h in HALVES if counts["", pair_grouping(pair.by, h), pair.item]]
        if isinstance(splitter, items.RatingScale) and halves:
            named = {BETTER_HALF: splitter.positive_label, **_OTHERS}
            labels = {half: named[half] for half in halves}
        cells = {value: counts["", pair_grouping(pair.by, value), pair.item] for value in labels}
        shown = _cells(record, item, cells, counts["", "", pair.item])
        found.extend(
            GroupSummary(pair.by, value, label, (shown[value],))
            for value, label in labels.items()
            if value in shown
        )
    return tuple(found)


def withheld_splits(edition: Edition, shown: Iterable[GroupSummary]) -> tuple[str, ...]:
    """Codes of the questions by which groups were to be shown, of which none is."""
    wanted = (
        *([edition.breakdown.item] if edition.breakdown else []),
        *(pair.by for pair in edition.pairs),
    )
    found = {group.by for group in shown}
    return tuple(dict.fromkeys(by for by in wanted if by not in found))


def _cells(
    record: EditionRecord,
    item: Item,
    cells: Mapping[str, Mapping[str, int]],
    whole: Mapping[str, int],
) -> dict[str, Finding]:
    """All cells of one table, or none: a cell or a rest too small would be given away by the total."""
    edition = record.edition
    sizes = [cell.get(items.ANSWERED, 0) for cell in cells.values()]
    rest = whole.get(items.ANSWERED, 0) - sum(sizes)
    if not sizes or min(sizes) < edition.cell_threshold or 0 < rest < edition.disclosure_threshold:
        return {}
    found = {
        code: finding(
            item,
            cell,
            base=base_of(cell, population=None),
            threshold=edition.cell_threshold,
        )
        for code, cell in cells.items()
    }
    return {} if any(f.suppressed for f in found.values()) else found
