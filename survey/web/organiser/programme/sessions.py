"""One session of the programme: a new one, a changed one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.programme_forms import NEW_ROUND, SessionForm, shown_session
from survey.language.wording import Wording
from survey.model.programme import Session, SessionKind
from survey.model.programme_editing import free_session_code, with_changed_session, with_session
from survey.web.organiser.programme.changing import change_programme
from survey.web.organiser.programme.reading import session_of
from survey.web.workplace.edition_words import SESSION_KINDS

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

_EMPTY = Session("", Wording(""), SessionKind.WORKSHOP)


def show_new_session(desk: Desk) -> Response:
    """An empty form, its round chosen where the address names one."""
    record = desk.edition()
    rounds = {r.code for r in record.edition.programme.rounds}
    asked = desk.asked("runde")
    chosen = asked if asked in rounds else NEW_ROUND if asked == "neu" else ""
    form = SessionForm(data=shown_session(_EMPTY) | {"round": chosen})
    form.prepare(record.edition.programme, desk.words)
    return _draw(desk, record, form)


def receive_new_session(desk: Desk) -> Response:
    """The session stands at the end of its round, or of the programme."""
    record = desk.edition()
    programme = record.edition.programme
    form = SessionForm.typed(desk.fields)
    form.prepare(programme, desk.words)
    form.require_free_code([s.code for s in programme.sessions])
    if not form.validate():
        return _draw(desk, record, form, status=422)
    session, new_round = form.applied(_EMPTY, programme)
    code = form.code.data.strip() or free_session_code(programme, session.kind)
    return change_programme(
        desk,
        record,
        with_session(programme, replace(session, code=code), new_round=new_round),
        notice=desk.words.gettext("„%(title)s“ steht im Programm.") % {"title": session.title.de},
        anchor=f"p-{code}",
        otherwise=lambda others, status: _draw(desk, record, form, others=others, status=status),
    )


def show_session(desk: Desk) -> Response:
    """What of the session may change as a form, the rest as text."""
    record = desk.edition()
    session = session_of(desk, record)
    form = _prepared(desk, record, SessionForm(data=shown_session(session)))
    return _draw(desk, record, form, session=session)


def receive_session(desk: Desk) -> Response:
    """The session is changed, as far as it may."""
    record = desk.edition()
    session = session_of(desk, record)
    form = _prepared(desk, record, SessionForm.typed(desk.fields))
    if not form.validate():
        return _draw(desk, record, form, session=session, status=422)
    programme = record.edition.programme
    changed, new_round = form.applied(session, programme)
    after = with_changed_session(programme, changed, new_round=new_round)
    say = desk.words.gettext
    notice = say("Gespeichert.")
    gone = [r for r in programme.rounds if r not in after.rounds]
    if gone:
        notice += " " + say("Die Runde „%(title)s“ war leer und ist weg.") % {
            "title": gone[0].title.in_language(desk.language)
        }
    return change_programme(
        desk,
        record,
        after,
        notice=notice,
        anchor=f"p-{session.code}",
        otherwise=lambda others, status: _draw(
            desk, record, form, session=session, others=others, status=status
        ),
    )


def _prepared(desk: Desk, record: EditionRecord, form: SessionForm) -> SessionForm:
    form.prepare(record.edition.programme, desk.words)
    form.leave_code()
    if record.opens is not None:
        form.leave_frozen()
    return form


def _draw(
    desk: Desk,
    record: EditionRecord,
    form: SessionForm,
    *,
    session: Session | None = None,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    round_ = next(
        (r for r in record.edition.programme.rounds if session and r.code == session.round), None
    )
    return desk.draw(
        "workplace/programme/session.html",
        status=status,
        edition=record,
        form=form,
        session=session,
        kind=desk.words.gettext(SESSION_KINDS[session.kind]) if session else "",
        round=round_,
        others=others,
        is_open=record.opens is not None,
    )
