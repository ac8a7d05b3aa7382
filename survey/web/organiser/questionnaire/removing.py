"""What is not asked any more: said first, done then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.questionnaire_library import standard_library
from survey import checking
from survey.errors import NotAllowed
from survey.model.comparability import earlier_item
from survey.model.questionnaire_editing import groupings, without_item, without_section
from survey.web.organiser.questionnaire.changing import (
    CONFLICT,
    change,
    item_asked,
    require_free,
    section_named,
    to_outline,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.items import Item
    from survey.model.questionnaire import Section
    from survey.web.workplace.desk import Desk


def show_item_removal(desk: Desk) -> Response:
    """What happens when the question goes."""
    record = desk.edition()
    item = item_asked(desk, record)
    require_free(record)
    return _draw_item(desk, record, item)


def receive_item_removal(desk: Desk) -> Response:
    """The question is not asked."""
    record = desk.edition()
    item = item_asked(desk, record)
    questionnaire = record.edition.questionnaire
    try:
        change(desk, record, without_item(questionnaire, item.code))
    except NotAllowed as error:
        return _draw_item(desk, record, item, problems=(error.why,), status=CONFLICT)
    notice = desk.words.gettext("Die Frage „%(text)s“ ist entfernt.") % {
        "text": item.wording.in_language(desk.language)
    }
    return to_outline(
        desk, record, f"section-{questionnaire.section_of(item.code).code}", notice=notice
    )


def show_section_removal(desk: Desk) -> Response:
    """What happens when the section goes."""
    record = desk.edition()
    section = section_named(record, desk.part("section"))
    require_free(record)
    return _draw_section(desk, record, section)


def receive_section_removal(desk: Desk) -> Response:
    """The section and its questions are not asked."""
    record = desk.edition()
    section = section_named(record, desk.part("section"))
    try:
        change(desk, record, without_section(record.edition.questionnaire, section.code))
    except NotAllowed as error:
        return _draw_section(desk, record, section, problems=(error.why,), status=CONFLICT)
    notice = desk.words.gettext("Der Abschnitt „%(heading)s“ ist entfernt.") % {
        "heading": section.heading.in_language(desk.language)
    }
    return to_outline(desk, record, "", notice=notice)


def _draw_item(
    desk: Desk,
    record: EditionRecord,
    item: Item,
    *,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> Response:
    say = desk.words.gettext
    return desk.draw(
        "workplace/questionnaire/removing.html",
        status=status,
        edition=record,
        record=record,
        heading=say("Frage entfernen"),
        name=item.wording.in_language(desk.language),
        sentences=tuple(_what_goes(desk, record, (item,))),
        button=say("Frage entfernen"),
        back=f"frage/{item.code}",
        problems=problems,
    )


def _draw_section(
    desk: Desk,
    record: EditionRecord,
    section: Section,
    *,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> Response:
    say = desk.words.gettext
    return desk.draw(
        "workplace/questionnaire/removing.html",
        status=status,
        edition=record,
        record=record,
        heading=say("Abschnitt entfernen"),
        name=section.heading.in_language(desk.language),
        sentences=tuple(_what_goes(desk, record, section.items)),
        button=say("Abschnitt entfernen"),
        back=f"abschnitt/{section.code}",
        problems=problems,
    )


def _what_goes(desk: Desk, record: EditionRecord, items: Sequence[Item]) -> Iterator[str]:
    say, language = desk.words.gettext, desk.language
    if not items:
        yield say("In diesem Abschnitt steht keine Frage. Es geht nichts verloren.")
    earlier = checking.earlier_editions(desk.inst, record)
    for item in items:
        text = item.wording.in_language(language)
        yield say("„%(text)s“ wird nicht gefragt.") % {"text": text}
        before = earlier_item(item.code, earlier)
        if before:
            yield say(
                "„%(edition)s“ hat das auch gefragt. Dafür gibt es dann keinen Vergleich."
            ) % {"edition": before.edition.title}
        if groupings(record.edition, item.code):
            yield say("Die Ergebnisse werden nicht mehr nach dieser Frage aufgeteilt.")
        if before or standard_library().items.get(item.code) == item:
            yield say("Sie können die Frage jederzeit wieder hinzufügen.")
        else:
            yield say("Ihr Text ist dann weg. Wer die Frage wieder stellen will, schreibt sie neu.")
