"""The questionnaire as an outline: sections and questions in their order, and what is to be known about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.question_kinds import kind_of_item
from forms.section_form import SESSION_KINDS
from survey import checking
from survey.errors import ChangedMeanwhile, NotAllowed, NotFound
from survey.model.comparability import earlier_item
from survey.model.duration import longest_minutes, minutes_to_answer
from survey.model.edition_review import missing_languages, texts_of_item, texts_of_section
from survey.model.items import choices
from survey.model.personal_form import personal_form
from survey.model.questionnaire_editing import DOWN, UP, with_item_moved, with_section_moved
from survey.web.organiser.questionnaire.changing import (
    CONFLICT,
    change,
    is_frozen,
    to_outline,
)
from survey.web.organiser.questionnaire.kinds import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.edition_review import Review
    from survey.model.event import Edition, EditionRecord
    from survey.model.items import Item
    from survey.model.questionnaire import Questionnaire, Section
    from survey.web.workplace.desk import Desk

_DIRECTIONS = {"up": UP, "down": DOWN}


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One question of the outline."""

    item: Item
    number: int
    kind: str
    missing: tuple[str, ...]
    """Languages that lack a text."""
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    compared_with: str
    """Title of the earlier edition that asked it; empty if none did."""


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """One section of the outline."""

    section: Section
    items: tuple[OutlineItem, ...]
    kinds: tuple[str, ...]
    """Of the sessions it is asked about."""
    missing: tuple[str, ...]
    errors: tuple[Problem, ...]
    condition: tuple[str, str] | None
    """The question it hangs on and the answers, in words."""


def show_outline(desk: Desk) -> Response:
    """What the edition asks."""
    return _draw(desk, desk.edition())


def receive_move(desk: Desk) -> Response:
    """A question or a section stands one place earlier or later."""
    record = desk.edition()
    direction, _dot, rest = desk.own.get("action", "").partition(".")
    what, _dot, code = rest.partition(".")
    questionnaire = record.edition.questionnaire
    if direction not in _DIRECTIONS or what not in {"item", "section"}:
        raise NotFound("move", direction[:20])
    move = with_item_moved if what == "item" else with_section_moved
    try:
        moved = move(questionnaire, code, by=_DIRECTIONS[direction])
    except KeyError as error:
        raise NotFound(what, code[:40]) from error
    try:
        change(desk, record, moved)
    except ChangedMeanwhile as error:
        return _draw(desk, record, problems=(error.why,), status=CONFLICT)
    except NotAllowed as error:
        return _draw(desk, record, problems=(error.why,), status=CONFLICT)
    return to_outline(desk, record, f"{what}-{code}", notice=_place_said(desk, moved, what, code))


def _place_said(desk: Desk, questionnaire: Questionnaire, what: str, code: str) -> str:
    say = desk.words.gettext
    if what == "item":
        section = questionnaire.section_of(code)
        place = [item.code for item in section.items].index(code) + 1
        text = questionnaire.item(code).wording
        return say(
            "„%(text)s“ steht jetzt an Stelle %(place)s von %(number)s in „%(section)s“."
        ) % {
            "text": text.in_language(desk.language),
            "place": place,
            "number": len(section.items),
            "section": section.heading.in_language(desk.language),
        }
    codes = [section.code for section in questionnaire.sections]
    heading = questionnaire.sections[codes.index(code)].heading
    return say("Der Abschnitt „%(section)s“ steht jetzt an Stelle %(place)s von %(number)s.") % {
        "section": heading.in_language(desk.language),
        "place": codes.index(code) + 1,
        "number": len(codes),
    }


def _draw(
    desk: Desk, record: EditionRecord, *, problems: Sequence[Problem] = (), status: int = 200
) -> Response:
    edition = record.edition
    review = checking.questionnaire_review(desk.inst, record)
    sections = _sections(desk, record, review)
    general = tuple(
        p
        for p in (*review.errors, *review.warnings)
        if p.place in {"questionnaire", "programme", "breakdown"}
    )
    return desk.draw(
        "workplace/questionnaire/outline.html",
        status=status,
        edition=record,
        record=record,
        is_frozen=is_frozen(record),
        sections=sections,
        problems=problems,
        general=general,
        questions=sum(len(section.items) for section in sections),
        least_minutes=minutes_to_answer(personal_form(edition, frozenset())),
        most_minutes=longest_minutes(edition),
        errors=len(review.errors),
        warnings=len(review.warnings),
    )


def _sections(desk: Desk, record: EditionRecord, review: Review) -> tuple[OutlineSection, ...]:
    earlier = checking.earlier_editions(desk.inst, record)
    numbers = iter(range(1, 1000))
    return tuple(
        OutlineSection(
            section,
            tuple(
                _item(desk, item, next(numbers), review=review, earlier=earlier)
                for item in section.items
            ),
            tuple(desk.words.gettext(SESSION_KINDS[kind]) for kind in section.for_each),
            missing_languages(texts_of_section(section)),
            _at(review.errors, f"questionnaire.sections.{section.code}"),
            _condition(desk, record.edition, section),
        )
        for section in record.edition.questionnaire.sections
    )


def _item(
    desk: Desk, item: Item, number: int, *, review: Review, earlier: Sequence[Edition]
) -> OutlineItem:
    place = f"questionnaire.{item.code}"
    before = earlier_item(item.code, earlier)
    return OutlineItem(
        item,
        number,
        desk.words.gettext(KIND_NAMES[kind_of_item(item)]),
        missing_languages(texts_of_item(item)),
        _at(review.errors, place),
        _at(review.warnings, place),
        before.edition.title if before else "",
    )


def _condition(desk: Desk, edition: Edition, section: Section) -> tuple[str, str] | None:
    if section.condition is None:
        return None
    item = edition.questionnaire.item(section.condition.item)
    answers = [
        choice.label.in_language(desk.language)
        for choice in choices(item)
        if choice.code in section.condition.choices
    ]
    return item.wording.in_language(desk.language), ", ".join(answers)


def _at(problems: Sequence[Problem], place: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.place == place)
