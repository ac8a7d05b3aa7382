"""One question: its texts side by side, its choices in order, and what a changed wording means for comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.question_form import QuestionForm
from forms.question_kinds import empty_item, kind_of_item
from survey import checking
from survey.errors import NotAllowed
from survey.model.comparability import (
    WordingChange,
    WordingDecision,
    as_it_was,
    difference,
    earlier_item,
    is_decided,
    spoken,
    with_new_versions,
)
from survey.model.edition_review import items_of
from survey.model.questionnaire_editing import with_item, with_item_changed, with_item_in
from survey.web.organiser.questionnaire.adding import kind_of_query, section_of_query
from survey.web.organiser.questionnaire.changing import (
    CONFLICT,
    UNPROCESSABLE,
    change,
    is_frozen,
    item_asked,
    require_free,
    section_named,
    to_outline,
)
from survey.web.organiser.questionnaire.kinds import KIND_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.comparability import Difference, EarlierItem
    from survey.model.event import EditionRecord
    from survey.model.items import Item
    from survey.model.questionnaire import Section
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class _Undecided:
    """What a person has to say about a change before it is kept."""

    before: EarlierItem
    changed: Difference


@dataclass(frozen=True, slots=True)
class _Decided:
    """The question as it is to be kept, and the decision that it rests on, if one was made."""

    item: Item
    decision: WordingDecision | None = None


def show_question(desk: Desk) -> Response:
    """The question as it stands."""
    record = desk.edition()
    item = item_asked(desk, record)
    form = QuestionForm(item, words=desk.words)
    decided = _decide(desk, record, item)
    undecided = decided if isinstance(decided, _Undecided) else None
    return _draw(desk, record, form, undecided=None if is_frozen(record) else undecided)


def receive_question(desk: Desk) -> Response:
    """The question as it was typed."""
    record = desk.edition()
    item = item_asked(desk, record)
    section = record.edition.questionnaire.section_of(item.code)
    return _keep(desk, record, item, section)


def show_new_question(desk: Desk) -> Response:
    """An empty one of the kind that was asked for."""
    record = desk.edition()
    section_of_query(desk, record)
    form = QuestionForm(empty_item(kind_of_query(desk)), words=desk.words)
    require_free(record)
    return _draw(desk, record, form)


def receive_new_question(desk: Desk) -> Response:
    """One question more."""
    record = desk.edition()
    section = section_of_query(desk, record)
    return _keep(desk, record, empty_item(kind_of_query(desk)), section)


def receive_other_section(desk: Desk) -> Response:
    """The question stands last in another section."""
    record = desk.edition()
    item = item_asked(desk, record)
    section = section_named(record, next(iter(desk.fields.get("section", ())), ""))
    try:
        change(
            desk,
            record,
            with_item_in(record.edition.questionnaire, item.code, section=section.code),
        )
    except NotAllowed as error:
        form = QuestionForm(item, words=desk.words)
        return _draw(desk, record, form, problems=(error.why,), status=CONFLICT)
    notice = desk.words.gettext("Die Frage steht jetzt im Abschnitt „%(section)s“.") % {
        "section": section.heading.in_language(desk.language)
    }
    return to_outline(desk, record, f"item-{item.code}", notice=notice)


def _keep(desk: Desk, record: EditionRecord, item: Item, section: Section) -> Response:
    require_free(record)
    form = QuestionForm(item, desk.fields, words=desk.words)
    if form.press(desk.own.get("action", "")) or form.begin_own_scale():
        return _draw(desk, record, form)
    earlier = checking.earlier_editions(desk.inst, record)
    typed = form.read(
        [other.code for other in items_of(record.edition) if other.code != item.code],
        avoided=[other.code for edition in earlier for other in items_of(edition)],
    )
    if typed is None:
        return _draw(desk, record, form, status=UNPROCESSABLE)
    decided = _decide(desk, record, typed)
    if isinstance(decided, _Undecided):
        if not decided.changed.is_other_kind:
            is_only_words = decided.changed.is_only_words
            form.ask_for_decision("decision-typo" if is_only_words else "decision-new")
        elif form.is_new:
            form.refuse_code(decided.before.edition.title)
            return _draw(desk, record, form, status=UNPROCESSABLE)
        return _draw(desk, record, form, undecided=decided, status=UNPROCESSABLE)
    questionnaire = record.edition.questionnaire
    try:
        if item.code:
            change(desk, record, with_item_changed(questionnaire, decided.item))
        else:
            change(desk, record, with_item(questionnaire, decided.item, section=section.code))
    except NotAllowed as error:
        return _draw(desk, record, form, problems=(error.why,), status=CONFLICT)
    if decided.decision is not None:
        checking.decide_wording(desk.inst, record, decided.decision)
    notice = desk.words.gettext("Die Frage ist gespeichert.")
    return to_outline(desk, record, f"item-{decided.item.code}", notice=notice)


def _decide(desk: Desk, record: EditionRecord, typed: Item) -> _Decided | _Undecided:
    """What becomes of the question, given what earlier editions asked and what was decided about it."""
    before = earlier_item(typed.code, checking.earlier_editions(desk.inst, record))
    if before is None:
        return _Decided(typed)
    item = as_it_was(before.item, typed)
    changed = difference(before.item, item)
    if not changed.is_only_words and not changed.is_incomparable:
        return _Decided(item)
    decision = desk.own.get("decision", "")
    if decision == WordingChange.NEW_VERSION and not changed.is_other_kind:
        item = with_new_versions(before.item, item)
        return _Decided(item, WordingDecision(item.code, spoken(item), WordingChange.NEW_VERSION))
    if changed.is_only_words:
        if decision == WordingChange.TYPO:
            return _Decided(item, WordingDecision(item.code, spoken(item), WordingChange.TYPO))
        if is_decided(item, checking.decisions_of(desk.inst, record).get(item.code)):
            return _Decided(item)
    return _Undecided(before, changed)


def _draw(
    desk: Desk,
    record: EditionRecord,
    form: QuestionForm,
    *,
    undecided: _Undecided | None = None,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> Response:
    item = form.item
    review = checking.questionnaire_review(desk.inst, record)
    place = f"questionnaire.{item.code}"
    before = earlier_item(item.code, checking.earlier_editions(desk.inst, record))
    return desk.draw(
        "workplace/questionnaire/question.html",
        status=status,
        edition=record,
        record=record,
        is_frozen=is_frozen(record),
        form=form,
        kind=desk.words.gettext(KIND_NAMES[kind_of_item(item)]),
        undecided=undecided,
        decision=desk.own.get("decision", ""),
        before=before,
        remarks=tuple(p for p in (*review.errors, *review.warnings) if p.place == place),
        problems=problems,
        sections=record.edition.questionnaire.sections,
        section=None if form.is_new else record.edition.questionnaire.section_of(item.code),
        target=section_of_query(desk, record) if form.is_new else None,
    )
