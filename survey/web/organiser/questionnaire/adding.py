"""More questions: out of the library, out of earlier editions, or a new one of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.item_file import ItemKind
from forms.library_groups import GROUPS
from forms.question_kinds import kind_of_item
from forms.questionnaire_library import standard_library
from forms.workplace_form import marked as _
from survey import checking
from survey.errors import NotAllowed, NotFound, problem
from survey.model.comparability import earlier_item
from survey.model.edition_review import items_of
from survey.model.questionnaire_editing import with_item
from survey.web.organiser.questionnaire.changing import (
    CONFLICT,
    UNPROCESSABLE,
    change,
    is_frozen,
    section_named,
    to_outline,
)
from survey.web.organiser.questionnaire.kinds import KIND_NAMES, KIND_USES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import Edition, EditionRecord
    from survey.model.items import Item
    from survey.model.questionnaire import Section
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class Offered:
    """One question that can be added."""

    item: Item
    kind: str
    is_used: bool
    compared_with: str
    """Title of the earlier edition that asked it; empty if none did."""
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OfferedGroup:
    """Questions under one heading."""

    name: str
    offered: tuple[Offered, ...]


def show_library(desk: Desk) -> Response:
    """What can be asked besides."""
    record = desk.edition()
    return _draw(desk, record, section_of_query(desk, record))


def receive_library(desk: Desk) -> Response:
    """The chosen questions are asked too."""
    record = desk.edition()
    section = section_of_query(desk, record)
    known = _known(checking.earlier_editions(desk.inst, record))
    used = {item.code for item in items_of(record.edition)}
    chosen = [code for code in desk.fields.get("item", ()) if code in known and code not in used]
    if not chosen:
        why = problem("Wählen Sie mindestens eine Frage, die noch nicht dabei ist.")
        return _draw(desk, record, section, problems=(why,), status=UNPROCESSABLE)
    questionnaire = record.edition.questionnaire
    for code in dict.fromkeys(chosen):
        questionnaire = with_item(questionnaire, known[code], section=section.code)
    try:
        change(desk, record, questionnaire)
    except NotAllowed as error:
        return _draw(desk, record, section, problems=(error.why,), status=CONFLICT)
    notice = desk.words.ngettext(
        "%(num)d Frage ist hinzugefügt.", "%(num)d Fragen sind hinzugefügt.", len(chosen)
    ) % {"num": len(chosen)}
    return to_outline(desk, record, f"item-{chosen[0]}", notice=notice)


def section_of_query(desk: Desk, record: EditionRecord) -> Section:
    """The section the address asks for, else the first; NotFound if there is none."""
    code = desk.asked("abschnitt")
    sections = record.edition.questionnaire.sections
    if not code and sections:
        return sections[0]
    return section_named(record, code)


def kind_of_query(desk: Desk) -> ItemKind:
    """The kind of question the address asks for; NotFound if there is none of that name."""
    name = desk.asked("art")
    if name not in list(ItemKind):
        raise NotFound("kind", name[:40])
    return ItemKind(name)


def _draw(
    desk: Desk,
    record: EditionRecord,
    section: Section,
    *,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/questionnaire/adding.html",
        status=status,
        edition=record,
        record=record,
        is_frozen=is_frozen(record),
        section=section,
        sections=record.edition.questionnaire.sections,
        groups=tuple(_groups(desk, record)),
        kinds=tuple((kind, KIND_NAMES[kind], KIND_USES[kind]) for kind in ItemKind),
        problems=problems,
    )


def _groups(desk: Desk, record: EditionRecord) -> Iterator[OfferedGroup]:
    earlier = checking.earlier_editions(desk.inst, record)
    used = {item.code for item in items_of(record.edition)}
    chosen = frozenset(desk.fields.get("item", ()))
    library = standard_library().items

    def offer(item: Item) -> Offered:
        before = earlier_item(item.code, earlier)
        return Offered(
            item,
            desk.words.gettext(KIND_NAMES[kind_of_item(item)]),
            item.code in used,
            before.edition.title if before else "",
            item.code in chosen,
        )

    asked_before = [i for code, i in _known(earlier).items() if code not in library]
    if asked_before:
        name = desk.words.gettext(_("Fragen aus früheren Ausgaben"))
        yield OfferedGroup(name, tuple(offer(item) for item in asked_before))
    for name, codes in GROUPS:
        yield OfferedGroup(desk.words.gettext(name), tuple(offer(library[code]) for code in codes))


def _known(earlier: Sequence[Edition]) -> dict[str, Item]:
    """Questions of the library, and those of earlier editions as they were last asked."""
    # What an earlier edition asked is taken as it asked it, so that it stays comparable.
    codes = dict.fromkeys(item.code for edition in earlier for item in items_of(edition))
    asked = {code: found.item for code in codes if (found := earlier_item(code, earlier))}
    return {**standard_library().items, **asked}
