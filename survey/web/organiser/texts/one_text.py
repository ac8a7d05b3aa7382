"""One free text: how it may be quoted, and what it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.result_forms import QuoteForm
from survey import coding
from survey.errors import NotAllowed
from survey.reporting.published import versions_by_text
from survey.reporting.quotes import (
    find_text,
    release_quote,
    sentences,
    withdraw_quote,
    without_marks,
    without_sentences,
)
from survey.web.organiser.texts.texts import UNPROCESSABLE, pieces, question_of
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.tally import KeptText
    from survey.web.workplace.desk import Desk


def show_text(desk: Desk) -> Response:
    """The text with its marks, and a wording that may be quoted."""
    record = desk.edition()
    text = find_text(desk.inst, record.name, desk.part("text"))
    wording = text.released if text.released is not None else without_marks(text)
    return _draw(desk, record, text, QuoteForm(data={"wording": wording}))


def change_text(desk: Desk) -> Response:
    """Sentences are left out, the wording is released, its release taken back, or its themes are kept."""
    record = desk.edition()
    text = find_text(desk.inst, record.name, desk.part("text"))
    back = edition_address(record, "ergebnisse", "texte")
    say = desk.words.gettext
    match desk.own.get("action", ""):
        case "themes":
            codes = desk.fields.get("theme", ())
            coding.code_text(desk.inst, record, text.id, codes=codes)
            return desk.go(back, notice=say("Die Themen des Textes sind gespeichert."))
        case "withdraw":
            withdraw_quote(desk.inst, record.name, text.id)
            notice = say("Die Freigabe ist zurückgenommen. Der Text wird nirgends mehr gezeigt.")
            return desk.go(back, notice=notice)
        case "leave_out":
            form = QuoteForm.typed(desk.fields)
            wording = without_sentences(without_marks(text), form.left_out())
            return _draw(desk, record, text, QuoteForm(data={"wording": wording}))
        case _:
            return _release(desk, record, text, back)


def _release(desk: Desk, record: EditionRecord, text: KeptText, back: str) -> Response:
    form = QuoteForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, record, text, form, status=UNPROCESSABLE)
    wording = form.wording.data.replace("\r\n", "\n")
    try:
        release_quote(desk.inst, record.name, text.id, wording=wording)
    except NotAllowed as refused:
        form.wording.errors = [refused.why]
        return _draw(desk, record, text, form, status=UNPROCESSABLE)
    notice = desk.words.gettext(
        "Der Text ist freigegeben. Zu sehen ist er, sobald Sie eine neue Fassung veröffentlichen."
    )
    return desk.go(back, notice=notice)


def _draw(
    desk: Desk,
    record: EditionRecord,
    text: KeptText,
    form: QuoteForm,
    others: tuple[Problem, ...] = (),
    *,
    status: int = 200,
) -> Response:
    split = sentences(without_marks(text))
    return desk.draw(
        "workplace/texts/text.html",
        status=status,
        edition=record,
        text=text,
        pieces=pieces(text, desk.words),
        question=question_of(record.edition, text, desk.language),
        form=form,
        others=others,
        sentences=tuple(enumerate(split)) if len(split) > 1 else (),
        themes=coding.codebook(desk.inst, record),
        codes=coding.coding_of(desk.inst, record).get(text.id, frozenset()),
        versions=versions_by_text(desk.inst, record.name).get(text.id, ()),
    )
