"""Comparisons, kept in memory for whoever asks for the same editions with the same numbers again.

What a comparison says follows from its editions, the topics and the base alone; they are compared by value.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.model.comparison import ComparedEdition, Comparison
    from survey.model.topic import Topic

MOST_KEPT = 8


class Asked(NamedTuple):
    """What somebody wants to have compared, with all that is published of it now."""

    owner: str
    series: str
    base: str | None
    editions: tuple[ComparedEdition, ...]
    topics: tuple[Topic, ...]

    @property
    def place(self) -> tuple[object, ...]:
        """Where it is kept: of one choice of editions there is one comparison at a time."""
        return self.owner, self.series, self.base, tuple(one.name for one in self.editions)


_KEPT: OrderedDict[tuple[object, ...], tuple[Asked, Comparison]] = OrderedDict()
"""The one asked for last at the end."""
_LOCK = Lock()


def kept_comparison(wanted: Asked, make: Callable[[], Comparison]) -> Comparison:
    """The comparison of just this, from memory or made now; what `make` raises, and then nothing is kept."""
    with _LOCK:
        kept = _KEPT.get(wanted.place)
    if kept is not None and kept[0] == wanted:
        return kept[1]
    made = make()
    with _LOCK:
        _KEPT[wanted.place] = (wanted, made)
        _KEPT.move_to_end(wanted.place)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return made
