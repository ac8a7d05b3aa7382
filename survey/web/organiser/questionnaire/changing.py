"""What every change of a questionnaire has in common: it is still allowed, and nobody else was faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import preparing
from survey.errors import ChangedMeanwhile, NotAllowed, NotFound, problem
from survey.model.questionnaire_editing import section_called, with_questionnaire
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.event import EditionRecord
    from survey.model.items import Item
    from survey.model.questionnaire import Questionnaire, Section
    from survey.web.workplace.desk import Desk

CONFLICT = 409
UNPROCESSABLE = 422


def is_frozen(record: EditionRecord) -> bool:
    """True once somebody was asked: everybody gets the same questions."""
    return record.opens is not None


def require_free(record: EditionRecord) -> None:
    """NotAllowed once somebody was asked."""
    if is_frozen(record):
        raise NotAllowed(
            problem("Die erste Einladung ist verschickt. Seitdem steht der Fragebogen fest.")
        )


def require_same_revision(desk: Desk, record: EditionRecord) -> None:
    """ChangedMeanwhile if the page was drawn from another state than the one in force."""
    if desk.own.get("revision", "") != str(record.revision):
        raise ChangedMeanwhile


def change(desk: Desk, record: EditionRecord, questionnaire: Questionnaire) -> None:
    """The questionnaire is in force; ChangedMeanwhile, or NotAllowed with the reason, if it cannot be."""
    require_free(record)
    require_same_revision(desk, record)
    preparing.change_edition(
        desk.inst,
        record.name,
        with_questionnaire(record.edition, questionnaire),
        based_on=record.revision,
    )


def to_outline(desk: Desk, record: EditionRecord, anchor: str, *, notice: str) -> Response:
    """Back to the outline, at that question or section; says as well if results are grouped otherwise now."""
    address = edition_address(record, "fragebogen")
    now = desk.edition().edition
    if (now.breakdown, now.pairs) != (record.edition.breakdown, record.edition.pairs):
        notice += " " + desk.words.gettext(
            "Die Ergebnisse werden nicht mehr nach dieser Frage aufgeteilt."
        )
    return desk.go(f"{address}#{anchor}" if anchor else address, notice=notice)


def item_asked(desk: Desk, record: EditionRecord) -> Item:
    """The question in the address; NotFound if the edition has none of that code."""
    code = desk.part("item")
    try:
        return record.edition.questionnaire.item(code)
    except KeyError as error:
        raise NotFound("item", code) from error


def section_named(record: EditionRecord, code: str) -> Section:
    """The section with that code; NotFound if the edition has none."""
    try:
        return section_called(record.edition.questionnaire, code)
    except KeyError as error:
        raise NotFound("section", code) from error
