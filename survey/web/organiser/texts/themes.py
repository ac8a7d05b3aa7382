"""The codebook: themes that last over the editions of a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.result_forms import ThemeForm
from survey import coding
from survey.errors import NotAllowed
from survey.reporting.published import next_version
from survey.reporting.summarise import require_counted
from survey.web.organiser.texts.texts import UNPROCESSABLE
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.theme import Theme
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """One line of the codebook."""

    code: str
    name: str
    description: str
    texts: int
    """Of this edition."""
    is_told: bool
    """Whether enough texts speak of it."""


def show_themes(desk: Desk) -> Response:
    """The codebook, and a form for a new theme."""
    record = desk.edition()
    return _draw_codebook(desk, record, _asking_about(desk, record, ThemeForm()))


def add_theme(desk: Desk) -> Response:
    """The codebook has a new theme."""
    record = desk.edition()
    form = _asking_about(desk, record, ThemeForm.typed(desk.fields))
    if not form.validate():
        return _draw_codebook(desk, record, form, status=UNPROCESSABLE)
    try:
        theme = coding.add_theme(
            desk.inst,
            record,
            name=form.name(),
            description=(form.description.data or "").strip(),
            item=form.item.data or "",
        )
    except NotAllowed as refused:
        form.name_de.errors = [refused.why]
        return _draw_codebook(desk, record, form, status=UNPROCESSABLE)
    notice = desk.words.gettext("Das Thema „%(name)s“ ist angelegt.") % {"name": theme.name.de}
    return desk.go(edition_address(record, "ergebnisse", "themen"), notice=notice)


def show_theme(desk: Desk) -> Response:
    """One theme, to be worded anew."""
    record = desk.edition()
    theme = coding.theme_of(desk.inst, record, desk.part("theme"))
    data = {
        "name_de": theme.name.de,
        "name_en": theme.name.en,
        "description": theme.description,
        "item": theme.item,
    }
    form = _asking_about(desk, record, ThemeForm(data=data), theme)
    return _draw_theme(desk, record, theme.code, form)


def change_theme(desk: Desk) -> Response:
    """The theme is worded anew, or gone."""
    record = desk.edition()
    theme = coding.theme_of(desk.inst, record, desk.part("theme"))
    back = edition_address(record, "ergebnisse", "themen")
    say = desk.words.gettext
    form = _asking_about(desk, record, ThemeForm.typed(desk.fields), theme)
    if desk.own.get("action") == "delete":
        try:
            coding.delete_theme(desk.inst, record, theme.code)
        except NotAllowed as refused:
            return _draw_theme(desk, record, theme.code, form, (refused.why,), status=UNPROCESSABLE)
        notice = say("Das Thema „%(name)s“ ist gelöscht.") % {"name": theme.name.de}
        return desk.go(back, notice=notice)
    if not form.validate():
        return _draw_theme(desk, record, theme.code, form, status=UNPROCESSABLE)
    try:
        coding.change_theme(
            desk.inst,
            record,
            theme.code,
            name=form.name(),
            description=(form.description.data or "").strip(),
            item=form.item.data or "",
        )
    except NotAllowed as refused:
        form.name_de.errors = [refused.why]
        return _draw_theme(desk, record, theme.code, form, status=UNPROCESSABLE)
    return desk.go(back, notice=say("Das Thema ist geändert."))


def _asking_about(
    desk: Desk, record: EditionRecord, form: ThemeForm, theme: Theme | None = None
) -> ThemeForm:
    """The form with the questions a theme can say more about: the edition's, and the one it already has."""
    questions = {
        item.code: item.wording.in_language(desk.language)
        for item in coding.questions_for_themes(record)
    }
    if theme is not None and theme.item:
        questions.setdefault(theme.item, theme.item)
    form.name_questions(questions, none=desk.words.gettext("zu keiner bestimmten"))
    return form


def _draw_codebook(
    desk: Desk, record: EditionRecord, form: ThemeForm, *, status: int = 200
) -> Response:
    require_counted(desk.inst, record.name)
    codes = coding.coding_of(desk.inst, record)
    told = {theme.code for theme in next_version(desk.inst, record.name).themes}
    themes = tuple(
        ShownTheme(
            theme.code,
            theme.name.in_language(desk.language),
            theme.description,
            sum(theme.code in found for found in codes.values()),
            theme.code in told,
        )
        for theme in coding.codebook(desk.inst, record)
    )
    return desk.draw(
        "workplace/texts/themes.html", status=status, edition=record, themes=themes, form=form
    )


def _draw_theme(
    desk: Desk,
    record: EditionRecord,
    code: str,
    form: ThemeForm,
    others: tuple[Problem, ...] = (),
    *,
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/texts/theme.html",
        status=status,
        edition=record,
        form=form,
        others=others,
        uses=coding.uses_of(desk.inst, record, code),
    )
