"""A session's results for its speakers: make a link, mail it, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.result_forms import ShareForm
from survey import sharing
from survey.errors import NotFound
from survey.reporting.published import published_summary
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def show_links(desk: Desk) -> Response:
    """The links there are, and a form for a new one."""
    return _draw(desk, _edition(desk), ShareForm())


def change_links(desk: Desk) -> Response:
    """A new link is made, or one is taken back."""
    record = _edition(desk)
    code = desk.part("session")
    here = edition_address(record, "ergebnisse", "punkte", code, "teilen")
    say = desk.words.gettext
    if desk.own.get("action") == "withdraw":
        sharing.withdraw_link(desk.inst, record, code, desk.own.get("share", ""))
        return desk.go(here, notice=say("Der Link ist zurückgenommen und zeigt nichts mehr."))
    form = ShareForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, record, form, status=UNPROCESSABLE)
    address = (form.address.data or "").strip()
    sharing.share_session(
        desk.inst, record, code, days=int(form.days.data.strip()), address=address
    )
    notice = (
        say("Der Link ist angelegt und geht gleich an %(address)s.") % {"address": address}
        if address
        else say("Der Link ist angelegt. Geben Sie ihn den Vortragenden.")
    )
    return desk.go(here, notice=notice)


def _edition(desk: Desk) -> EditionRecord:
    record = desk.edition()
    if record.counted is None:
        raise NotFound("session", desk.part("session"))
    sharing.require_session(published_summary(desk.inst, record.name), desk.part("session"))
    return record


def _draw(desk: Desk, record: EditionRecord, form: ShareForm, *, status: int = 200) -> Response:
    code = desk.part("session")
    session = record.edition.programme.session(code)
    return desk.draw(
        "workplace/publishing/share.html",
        status=status,
        edition=record,
        code=code,
        session_title=session.title.in_language(desk.language),
        speakers=", ".join(session.speakers),
        shares=sharing.links_of(desk.inst, record, code),
        form=form,
    )
