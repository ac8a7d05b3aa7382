"""How a questionnaire is rearranged: every function gives a changed one, the given one stays as it is.

KeyError if there is no question or section with that code.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.model.event import Edition
    from survey.model.items import Item
    from survey.model.questionnaire import Questionnaire, Section

_Part = TypeVar("_Part")
UP, DOWN = -1, 1


def with_section_moved(questionnaire: Questionnaire, code: str, *, by: int) -> Questionnaire:
    """The section stands that many places later (earlier if negative), as far as there is room."""
    codes = [section.code for section in questionnaire.sections]
    return replace(
        questionnaire, sections=_moved(questionnaire.sections, _place(codes, code), by=by)
    )


def with_item_moved(questionnaire: Questionnaire, code: str, *, by: int) -> Questionnaire:
    """The question stands that many places later in its section, as far as there is room."""
    section = questionnaire.section_of(code)
    place = _place([item.code for item in section.items], code)
    return with_section(questionnaire, replace(section, items=_moved(section.items, place, by=by)))


def with_item_in(questionnaire: Questionnaire, code: str, *, section: str) -> Questionnaire:
    """The question stands last in that section."""
    item = questionnaire.item(code)
    return with_item(without_item(questionnaire, code), item, section=section)


def with_item(questionnaire: Questionnaire, item: Item, *, section: str) -> Questionnaire:
    """One question more, last in that section."""
    there = section_called(questionnaire, section)
    return with_section(questionnaire, replace(there, items=(*there.items, item)))


def with_item_changed(questionnaire: Questionnaire, item: Item) -> Questionnaire:
    """The question of that code is the given one."""
    section = questionnaire.section_of(item.code)
    items = tuple(item if old.code == item.code else old for old in section.items)
    return with_section(questionnaire, replace(section, items=items))


def without_item(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """The question is not asked."""
    section = questionnaire.section_of(code)
    items = tuple(item for item in section.items if item.code != code)
    return with_section(questionnaire, replace(section, items=items))


def with_section(questionnaire: Questionnaire, section: Section) -> Questionnaire:
    """The section of that code is the given one; a new one stands last."""
    there = [old.code for old in questionnaire.sections]
    if section.code not in there:
        return replace(questionnaire, sections=(*questionnaire.sections, section))
    sections = tuple(section if s.code == section.code else s for s in questionnaire.sections)
    return replace(questionnaire, sections=sections)


def without_section(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """The section and its questions are not asked."""
    section_called(questionnaire, code)
    sections = tuple(s for s in questionnaire.sections if s.code != code)
    return replace(questionnaire, sections=sections)


def section_called(questionnaire: Questionnaire, code: str) -> Section:
    """The section with that code."""
    for section in questionnaire.sections:
        if section.code == code:
            return section
    raise KeyError(code)


def with_questionnaire(edition: Edition, questionnaire: Questionnaire) -> Edition:
    """The edition with that questionnaire: its boxes fit anew, and nothing is grouped by what it does not ask."""
    asked = {item.code for item in questionnaire.general_items()}
    before = {item.code for item in edition.questionnaire.general_items()}
    gone = before - asked
    breakdown = edition.breakdown
    return replace(
        edition,
        questionnaire=questionnaire,
        box_size=0,
        breakdown=None if breakdown and breakdown.item in gone else breakdown,
        pairs=tuple(p for p in edition.pairs if p.item not in gone and p.by not in gone),
    )


def groupings(edition: Edition, code: str) -> int:
    """How many groupings of results rest on that question."""
    is_breakdown = edition.breakdown is not None and edition.breakdown.item == code
    return int(is_breakdown) + sum(code in {pair.item, pair.by} for pair in edition.pairs)


def _moved(parts: Sequence[_Part], place: int, *, by: int) -> tuple[_Part, ...]:
    rest = [*parts[:place], *parts[place + 1 :]]
    target = min(max(place + by, 0), len(rest))
    return (*rest[:target], parts[place], *rest[target:])


def _place(codes: Sequence[str], code: str) -> int:
    if code not in codes:
        raise KeyError(code)
    return codes.index(code)
