"""One section: its heading and introduction, the sessions it is asked about, and of whom it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.section_form import SectionForm
from survey.errors import NotAllowed
from survey.model.conditions import possible_conditions
from survey.model.questionnaire_editing import with_section
from survey.web.organiser.questionnaire.changing import (
    CONFLICT,
    UNPROCESSABLE,
    change,
    is_frozen,
    require_free,
    section_named,
    to_outline,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.questionnaire import Section
    from survey.web.workplace.desk import Desk


def show_section(desk: Desk) -> Response:
    """The section as it stands."""
    record = desk.edition()
    section = section_named(record, desk.part("section"))
    return _draw(desk, record, section, _form(desk, record, section, is_sent=False))


def receive_section(desk: Desk) -> Response:
    """The section as it was typed."""
    record = desk.edition()
    return _keep(desk, record, section_named(record, desk.part("section")))


def show_new_section(desk: Desk) -> Response:
    """An empty one."""
    record = desk.edition()
    require_free(record)
    return _draw(desk, record, None, _form(desk, record, None, is_sent=False))


def receive_new_section(desk: Desk) -> Response:
    """One section more, without questions yet."""
    return _keep(desk, desk.edition(), None)


def _keep(desk: Desk, record: EditionRecord, section: Section | None) -> Response:
    require_free(record)
    form = _form(desk, record, section, is_sent=True)
    if form.begin_condition():
        return _draw(desk, record, section, form)
    codes = [s.code for s in record.edition.questionnaire.sections]
    typed = form.read(codes)
    if typed is None:
        return _draw(desk, record, section, form, status=UNPROCESSABLE)
    try:
        change(desk, record, with_section(record.edition.questionnaire, typed))
    except NotAllowed as error:
        return _draw(desk, record, section, form, problems=(error.why,), status=CONFLICT)
    return to_outline(
        desk,
        record,
        f"section-{typed.code}",
        notice=desk.words.gettext("Der Abschnitt ist gespeichert."),
    )


def _form(
    desk: Desk, record: EditionRecord, section: Section | None, *, is_sent: bool
) -> SectionForm:
    code = section.code if section else ""
    return SectionForm(
        section,
        desk.fields if is_sent else None,
        words=desk.words,
        possible=possible_conditions(record.edition.questionnaire, code),
    )


def _draw(
    desk: Desk,
    record: EditionRecord,
    section: Section | None,
    form: SectionForm,
    *,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/questionnaire/section.html",
        status=status,
        edition=record,
        record=record,
        is_frozen=is_frozen(record),
        section=section,
        form=form,
        problems=problems,
    )
