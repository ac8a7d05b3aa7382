"""Counted editions as they go into comparisons, kept in memory while nothing changes that they are made from.

To make one means to add up and to prove the whole summary, every group of every breakdown with it. What it was made
from is read each time and compared by value, so that whatever anybody releases, withdraws, deletes or mends is seen at
once, by every process; an edition that may not be shown is not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from survey.comparing.asked import counted_here
from survey.reporting.published import published_summary, sources_of

if TYPE_CHECKING:
    from survey.installation import Installation
    from survey.model.comparison import ComparedEdition
    from survey.model.event import EditionRecord
    from survey.reporting.published import Sources

MOST_KEPT = 24
"""Two of the longest comparisons, and some."""
_KEPT: OrderedDict[str, tuple[Sources, ComparedEdition]] = OrderedDict()
"""By the edition's id, the one asked for last at the end."""
_LOCK = Lock()


def counted_edition(inst: Installation, record: EditionRecord) -> ComparedEdition:
    """The edition by what is published of it, its sessions without topics; what `published_summary` raises."""
    sources = sources_of(inst, record)
    with _LOCK:
        kept = _KEPT.get(record.id)
        if kept is not None and kept[0] == sources:
            _KEPT.move_to_end(record.id)
            return kept[1]
    made = counted_here(published_summary(inst, record.name), record.edition, topics={})
    if sources_of(inst, record) == sources:  # nothing has changed while it was made
        with _LOCK:
            _KEPT[record.id] = (sources, made)
            _KEPT.move_to_end(record.id)
            while len(_KEPT) > MOST_KEPT:
                _KEPT.popitem(last=False)
    return made
