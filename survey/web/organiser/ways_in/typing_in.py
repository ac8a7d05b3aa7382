"""Typing in what people wrote on paper: through the same urn, and nothing of it anywhere else.

How many sheets were typed is known to the page alone, which carries the number along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from forms.answer_form import AnswerForm, carried, repeatable_names
from survey import asking_openly
from survey.errors import AnswerRefused, LinkForged
from survey.model.answering import read_response
from survey.model.personal_form import asked_given
from survey.web.drawing import echo_reply
from survey.web.page_guards import refuse_repeated
from survey.web.participant.echo_length import echo_length
from survey.web.participant.form_pages import NOT_STORED
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.collecting import OpenForm
    from survey.errors import Problem
    from survey.web.workplace.desk import Desk

BAD_REQUEST = 400
UNPROCESSABLE = 422
UNAVAILABLE = 503
MOST_SHEETS = 9999
FRAME = 2
"""The workplace's frame is longer than a participant's: pages that echo get twice the room."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper on its way into the urn."""

    desk: Desk
    opened: OpenForm
    secret: str
    typed: int
    """Sheets typed before, in this sitting."""

    @property
    def name(self) -> str:
        """The edition's short name."""
        return self.opened.record.name


def show_blank(desk: Desk) -> Response:
    """An empty form with a fresh secret."""
    record = desk.edition()
    secret = asking_openly.fresh_secret(desk.inst)
    opened = asking_openly.open_form_for_typing(desk.inst, record.name, secret)
    return _draw_form(Sheet(desk, opened, secret, _typed(desk)), is_blank=True)


def type_in(desk: Desk) -> Response:
    """Whatever the form's buttons ask for."""
    record = desk.edition()
    if desk.own.get("action") == "next":
        return show_blank(desk)
    secret = desk.own.get("secret", "")
    if not secret:
        raise HTTPException(BAD_REQUEST)
    try:
        opened = asking_openly.open_form_for_typing(desk.inst, record.name, secret)
    except LinkForged as error:
        raise HTTPException(BAD_REQUEST) from error
    refuse_repeated(desk.visit, repeatable_names(opened.form))
    sheet = Sheet(desk, opened, secret, _typed(desk))
    match desk.own.get("action"):
        case "submit":
            return _submit(sheet)
        case "edit":
            return _draw_form(sheet)
        case "take_back":
            asking_openly.take_back_typed(desk.inst, record.name, secret)
            return _draw_done(replace(sheet, typed=max(0, sheet.typed - 1)), is_taken_back=True)
        case _:
            return _check(sheet)


def _check(sheet: Sheet) -> Response:
    try:
        read_response(sheet.opened.form, sheet.desk.fields)
    except AnswerRefused as refused:
        return _draw_form(sheet, refused.problems, status=UNPROCESSABLE)
    return _draw_check(sheet)


def _submit(sheet: Sheet) -> Response:
    try:
        response = read_response(sheet.opened.form, sheet.desk.fields)
        asking_openly.submit_typed(sheet.desk.inst, sheet.name, sheet.secret, response)
    except AnswerRefused as refused:
        return _draw_form(sheet, refused.problems, status=UNPROCESSABLE)
    except NOT_STORED:
        return _draw_check(sheet, has_failed=True)
    return _draw_done(replace(sheet, typed=min(MOST_SHEETS, sheet.typed + 1)))


def _draw_form(
    sheet: Sheet,
    problems: tuple[Problem, ...] = (),
    *,
    status: int = 200,
    is_blank: bool = False,
) -> Response:
    desk = sheet.desk
    form = AnswerForm(
        sheet.opened.form,
        {} if is_blank else desk.fields,
        language=desk.language,
        problems=problems,
    )
    return _draw(sheet, "workplace/ways_in/typing.html", status=status, form=form)


def _draw_check(sheet: Sheet, *, has_failed: bool = False) -> Response:
    desk = sheet.desk
    # Paper shows every section; what its condition does not ask for counts for nothing.
    asked = asked_given(sheet.opened.form, desk.fields)
    form = AnswerForm(asked, desk.fields, language=desk.language)
    return _draw(
        sheet,
        "workplace/ways_in/typing_check.html",
        status=UNAVAILABLE if has_failed else 200,
        form=form,
        has_failed=has_failed,
    )


def _draw_done(sheet: Sheet, *, is_taken_back: bool = False) -> Response:
    return _draw(sheet, "workplace/ways_in/typed.html", is_taken_back=is_taken_back)


def _draw(
    sheet: Sheet,
    template: str,
    *,
    status: int = 200,
    form: AnswerForm | None = None,
    has_failed: bool = False,
    is_taken_back: bool = False,
) -> Response:
    desk, record = sheet.desk, sheet.opened.record
    drawn = desk.draw(
        template,
        edition=record,
        secret=sheet.secret,
        typed=sheet.typed,
        typist=asking_openly.ways_of(desk.inst, record).typist,
        back=edition_address(record, "zugaenge"),
        form=form,
        carried=carried(desk.fields),
        has_failed=has_failed,
        is_taken_back=is_taken_back,
    )
    # As on participants' pages, no size of a reply may match anybody's texts.
    length = FRAME * echo_length(desk.visit.site, record)
    return echo_reply(bytes(drawn.body).decode(), length, status, language=desk.language)


def _typed(desk: Desk) -> int:
    text = desk.own.get("typed", "0")
    return min(MOST_SHEETS, int(text)) if text.isascii() and text.isdigit() else 0
