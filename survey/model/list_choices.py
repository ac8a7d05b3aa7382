"""What an organiser has chosen about an uploaded list, on the way from the file to the registrations."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ListChoices:
    """Every choice so far."""

    adds_only: bool = False
    """True if whoever is missing from the list stays registered."""
    meanings: tuple[str, ...] = ()
    """What each column says; empty until somebody has looked at them."""
    sessions: Mapping[str, str] = field(default_factory=dict)
    """Session codes by what the list calls them; an empty code for no session."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Corrected cells by ``line-position``."""
    left_out: tuple[int, ...] = ()
    """Lines that are knowingly not read."""

    def to_text(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def mended(self, cells: Mapping[str, str], left_out: tuple[int, ...]) -> ListChoices:
        """With more cells corrected and more lines left out."""
        return replace(
            self,
            cells={**self.cells, **cells},
            left_out=tuple(sorted({*self.left_out, *left_out})),
        )


def choices_from_text(text: str) -> ListChoices:
    """The choices that were stored."""
    stored = json.loads(text)
    return ListChoices(
        adds_only=bool(stored.get("adds_only", False)),
        meanings=tuple(stored.get("meanings", ())),
        sessions=dict(stored.get("sessions", {})),
        cells=dict(stored.get("cells", {})),
        left_out=tuple(stored.get("left_out", ())),
    )
