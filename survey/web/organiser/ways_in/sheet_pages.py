"""The pages on which a sheet of paper is typed in; all of one length, since a size might match somebody's texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.answer_form import AnswerForm, carried
from forms.fullest_answers import fullest_answers
from survey.errors import problem
from survey.model.personal_form import asked_given
from survey.web.drawing import echo_reply
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from survey.collecting import OpenForm
    from survey.errors import Problem
    from survey.web.workplace.desk import Desk

UNAVAILABLE = 503
STEP = 8192
SPARE = 1.15
"""A page says a little more when something is wrong."""
FORM = "workplace/ways_in/typing.html"
CHECK = "workplace/ways_in/typing_check.html"
DONE = "workplace/ways_in/typed.html"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper on its way into the urn."""

    desk: Desk
    opened: OpenForm
    secret: str
    typed: int
    """Sheets typed before, in this sitting."""
    fields: Mapping[str, tuple[str, ...]]
    """What was typed from this one."""

    @property
    def name(self) -> str:
        """The edition's short name."""
        return self.opened.record.name


def draw_form(sheet: Sheet, problems: tuple[Problem, ...] = (), *, status: int = 200) -> Response:
    """The form with what was typed so far."""
    form = AnswerForm(
        sheet.opened.form, sheet.fields, language=sheet.desk.language, problems=problems
    )
    return _reply(sheet, _html(sheet, FORM, form=form), status)


def draw_check(sheet: Sheet, *, has_failed: bool = False) -> Response:
    """Everything typed, to be compared with the paper."""
    # Paper shows every section; what its condition does not ask for counts for nothing.
    asked = asked_given(sheet.opened.form, sheet.fields)
    form = AnswerForm(asked, sheet.fields, language=sheet.desk.language)
    html = _html(sheet, CHECK, form=form, has_failed=has_failed)
    return _reply(sheet, html, UNAVAILABLE if has_failed else 200)


def draw_done(sheet: Sheet, *, is_taken_back: bool = False) -> Response:
    """The sheet is in the urn, or out of it again."""
    return _reply(sheet, _html(sheet, DONE, is_taken_back=is_taken_back), 200)


def _html(
    sheet: Sheet,
    template: str,
    *,
    form: AnswerForm | None = None,
    has_failed: bool = False,
    is_taken_back: bool = False,
) -> str:
    drawn = sheet.desk.draw(
        template,
        edition=sheet.opened.record,
        secret=sheet.secret,
        typed=sheet.typed,
        back=edition_address(sheet.opened.record, "zugaenge"),
        form=form,
        carried=carried(sheet.fields),
        has_failed=has_failed,
        is_taken_back=is_taken_back,
    )
    return bytes(drawn.body).decode()


def _reply(sheet: Sheet, html: str, status: int) -> Response:
    return echo_reply(html, _length(sheet), status, language=sheet.desk.language)


def _length(sheet: Sheet) -> int:
    site, record = sheet.desk.visit.site, sheet.opened.record
    key = (record.id, record.revision, f"typing {sheet.desk.language} {site.style.look}")
    if key not in site.echo_lengths:
        site.echo_lengths[key] = _measure(sheet)
    return site.echo_lengths[key]


def _measure(sheet: Sheet) -> int:
    """Bytes of a page that holds the longest answers."""
    form, language = sheet.opened.form, sheet.desk.language
    full = replace(sheet, fields=fullest_answers(form))
    wrong = tuple(
        problem("Bitte beantworten Sie diese Frage.", place=q.name) for q in form.questions()
    )
    refused = AnswerForm(form, full.fields, language=language, problems=wrong)
    checked = AnswerForm(form, full.fields, language=language)
    longest = max(
        len(_html(full, FORM, form=refused).encode()),
        len(_html(full, CHECK, form=checked, has_failed=True).encode()),
    )
    return -(-int(longest * SPARE) // STEP) * STEP
