"""Which sections may depend on an answer, and on which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.errors import Problem, problem
from survey.model.items import RatingScale, SingleChoice, YesNo, choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.model.items import Item
    from survey.model.questionnaire import Questionnaire, Section


def wrong_conditions(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Why sections cannot be asked on their conditions; empty if all can. `place` is the section's code."""
    return tuple(
        found
        for place, section in enumerate(questionnaire.sections)
        for found in _wrong(section, questionnaire.sections[:place])
    )


def possible_conditions(questionnaire: Questionnaire, code: str) -> tuple[Item, ...]:
    """The questions that the section with that code may depend on: one answer each, asked once, and before it."""
    before: list[Section] = []
    for section in questionnaire.sections:
        if section.code == code:
            break
        before.append(section)
    return tuple(_askable(before).values())


def _wrong(section: Section, before: Sequence[Section]) -> tuple[Problem, ...]:
    condition = section.condition
    if condition is None:
        return ()
    if section.for_each:
        return (
            problem(
                "Der Abschnitt „%(section)s“ wird für jeden Programmpunkt gestellt; "
                "er kann nicht von einer Antwort abhängen.",
                place=section.code,
                section=section.code,
            ),
        )
    item = _askable(before).get(condition.item)
    if item is None:
        return (
            problem(
                "Der Abschnitt „%(section)s“ hängt von „%(item)s“ ab. Das muss eine Frage mit genau einer "
                "Antwort aus einem früheren Abschnitt sein.",
                place=section.code,
                section=section.code,
                item=condition.item[:60],
            ),
        )
    known = [choice.code for choice in choices(item)]
    return tuple(
        problem(
            "„%(value)s“ ist keine Antwort auf „%(item)s“. Möglich sind: %(known)s.",
            place=section.code,
            value=value[:60],
            item=item.code,
            known=", ".join(known),
        )
        for value in condition.choices
        if value not in known
    )


def _askable(sections: Sequence[Section]) -> dict[str, Item]:
    return {
        item.code: item
        for section in sections
        if not section.for_each
        for item in section.items
        if isinstance(item, RatingScale | SingleChoice | YesNo)
    }
