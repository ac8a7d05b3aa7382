"""Typing in what people wrote on paper: through the same urn, and nothing of it anywhere else.

How many sheets were typed is known to the page alone, which carries the number along.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from forms.answer_form import repeatable_names
from forms.typed_number import typed_number
from survey import asking_openly
from survey.errors import (
    AnswerRefused,
    KeyMissing,
    LinkForged,
    StorageUnavailable,
    WitnessMismatch,
)
from survey.model.answering import read_response
from survey.web.organiser.ways_in.sheet_pages import Sheet, draw_check, draw_done, draw_form
from survey.web.page_guards import refuse_repeated

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk

BAD_REQUEST = 400
UNPROCESSABLE = 422
MOST_SHEETS = 9999
NOT_STORED = (StorageUnavailable, KeyMissing, WitnessMismatch)


def show_blank(desk: Desk) -> Response:
    """An empty form with a fresh secret."""
    record = desk.edition()
    secret = asking_openly.fresh_secret(desk.inst)
    opened = asking_openly.open_form_for_typing(desk.inst, record.name, secret)
    return draw_form(Sheet(desk, opened, secret, _typed(desk), {}))


def type_in(desk: Desk) -> Response:
    """Whatever the form's buttons ask for."""
    record = desk.edition()
    action = desk.own.get("action")
    if action == "next":
        return show_blank(desk)
    secret = desk.own.get("secret", "")
    if not secret:
        raise HTTPException(BAD_REQUEST)
    try:
        opened = asking_openly.open_sent_form_for_typing(desk.inst, record.name, secret)
    except LinkForged as error:
        raise HTTPException(BAD_REQUEST) from error
    refuse_repeated(desk.visit, repeatable_names(opened.form))
    sheet = Sheet(desk, opened, secret, _typed(desk), desk.fields)
    match action:
        case "submit":
            return _submit(sheet)
        case "edit":
            return draw_form(sheet)
        case "take_back":
            asking_openly.take_back_typed(desk.inst, record.name, secret)
            return draw_done(replace(sheet, typed=max(0, sheet.typed - 1)), is_taken_back=True)
        case _:
            return _check(sheet)


def _check(sheet: Sheet) -> Response:
    try:
        read_response(sheet.opened.form, sheet.fields)
    except AnswerRefused as refused:
        return draw_form(sheet, refused.problems, status=UNPROCESSABLE)
    return draw_check(sheet)


def _submit(sheet: Sheet) -> Response:
    try:
        response = read_response(sheet.opened.form, sheet.fields)
        asking_openly.submit_typed(sheet.desk.inst, sheet.name, sheet.secret, response)
    except AnswerRefused as refused:
        return draw_form(sheet, refused.problems, status=UNPROCESSABLE)
    except NOT_STORED:
        return draw_check(sheet, has_failed=True)
    return draw_done(replace(sheet, typed=min(MOST_SHEETS, sheet.typed + 1)))


def _typed(desk: Desk) -> int:
    return min(MOST_SHEETS, typed_number(desk.own.get("typed", "")) or 0)
