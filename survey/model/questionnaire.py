"""What an edition asks: headed sections of items, some repeated for each session of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.language.wording import Wording

if TYPE_CHECKING:
    from survey.model.items import Item
    from survey.model.programme import SessionKind


@dataclass(frozen=True, slots=True)
class Condition:
    """When a section is asked: if one of these choices was taken at a question of an earlier section."""

    item: str
    """Code of a question with one answer, asked once for each person."""
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed stretch of the form (Abschnitt)."""

    code: str
    heading: Wording
    items: tuple[Item, ...]
    introduction: Wording = Wording("")
    for_each: tuple[SessionKind, ...] = ()
    """Not empty: the items are asked again for each of the person's sessions of these kinds."""
    condition: Condition | None = None
    """Asked only if it is met; decided on the server, from what was answered so far."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Sections in order; item codes are unique in the questionnaire."""

    sections: tuple[Section, ...]
    layout_version: int = 1
    """Layout moves answers a little: editions are compared within one layout."""

    def item(self, code: str) -> Item:
        """The item with that code; KeyError if there is none."""
        for section in self.sections:
            for item in section.items:
                if item.code == code:
                    return item
        raise KeyError(code)

    def section_of(self, code: str) -> Section:
        """The section with that item; KeyError if there is none."""
        for section in self.sections:
            if any(item.code == code for item in section.items):
                return section
        raise KeyError(code)

    def general_items(self) -> tuple[Item, ...]:
        """Items asked once per person."""
        return tuple(i for s in self.sections if not s.for_each for i in s.items)

    def session_items(self, kind: SessionKind) -> tuple[Item, ...]:
        """Items asked for each session of that kind."""
        return tuple(i for s in self.sections if kind in s.for_each for i in s.items)
