"""A session that leaves the programme: removed before anybody booked it, or cancelled ("ausgefallen")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from survey import editing
from survey.errors import NotAllowed, problem
from survey.model.programme_editing import with_changed_session, without_round, without_session
from survey.web.organiser.programme.changing import change_programme
from survey.web.organiser.programme.reading import round_of, session_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.programme import Round, Session
    from survey.web.workplace.desk import Desk


def show_removal(desk: Desk) -> Response:
    """What would be gone; or why it cannot go."""
    record = desk.edition()
    return _draw_removal(desk, record, sessions=(session_of(desk, record),))


def receive_removal(desk: Desk) -> Response:
    """The session is gone."""
    record = desk.edition()
    session = session_of(desk, record)
    return change_programme(
        desk,
        record,
        without_session(record.edition.programme, session.code),
        notice=desk.words.gettext("„%(title)s“ steht nicht mehr im Programm.")
        % {"title": session.title.in_language(desk.language)},
        otherwise=lambda others, status: _draw_removal(
            desk, record, sessions=(session,), others=others, status=status
        ),
    )


def show_round_removal(desk: Desk) -> Response:
    """The same for a round with all its sessions."""
    record = desk.edition()
    round_ = round_of(desk, record)
    return _draw_removal(desk, record, sessions=_sessions(record, round_), round_=round_)


def receive_round_removal(desk: Desk) -> Response:
    """The round is gone, and its sessions with it."""
    record = desk.edition()
    round_ = round_of(desk, record)
    return change_programme(
        desk,
        record,
        without_round(record.edition.programme, round_.code),
        notice=desk.words.gettext("Die Runde „%(title)s“ steht nicht mehr im Programm.")
        % {"title": round_.title.in_language(desk.language)},
        otherwise=lambda others, status: _draw_removal(
            desk,
            record,
            sessions=_sessions(record, round_),
            round_=round_,
            others=others,
            status=status,
        ),
    )


def show_cancellation(desk: Desk) -> Response:
    """What it means that a session did not take place."""
    record = desk.edition()
    return _draw_cancellation(desk, record, session_of(desk, record))


def receive_cancellation(desk: Desk) -> Response:
    """The session is cancelled; before the first mail, also the other way round."""
    record = desk.edition()
    session = session_of(desk, record)
    if _is_counted(record):
        raise NotAllowed(problem("Die Ausgabe ist ausgezählt. Daran ändert sich nichts mehr."))
    cancelled = not session.is_cancelled
    changed = replace(session, is_cancelled=cancelled)
    say = desk.words.gettext
    notice = (
        say("„%(title)s“ gilt als ausgefallen.") if cancelled else say("„%(title)s“ findet statt.")
    )
    return change_programme(
        desk,
        record,
        with_changed_session(record.edition.programme, changed),
        notice=notice % {"title": session.title.in_language(desk.language)},
        anchor=f"p-{session.code}",
        otherwise=lambda others, status: _draw_cancellation(
            desk, record, session, others=others, status=status
        ),
    )


def _is_counted(record: EditionRecord) -> bool:
    return record.counted is not None or record.count_started is not None


def _sessions(record: EditionRecord, round_: Round) -> tuple[Session, ...]:
    return tuple(s for s in record.edition.programme.sessions if s.round == round_.code)


def _draw_removal(
    desk: Desk,
    record: EditionRecord,
    *,
    sessions: tuple[Session, ...],
    round_: Round | None = None,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    booked = editing.bookings_of(desk.inst, record)
    programme = record.edition.programme
    reason = None
    if record.opens is not None:
        reason = problem(
            "Die Einladung ist versandt. Was nicht stattfand, lassen Sie als ausgefallen gelten."
        )
    elif any(s.code in booked for s in sessions):
        reason = problem(
            "Menschen haben das schon gebucht. Was nicht stattfindet, lassen Sie als ausgefallen gelten."
        )
    left = {s.round for s in programme.sessions if s not in sessions}
    emptied = [r for r in programme.rounds if round_ is None and r.code not in left]
    return desk.draw(
        "workplace/programme/removal.html",
        status=status,
        edition=record,
        sessions=sessions,
        round=round_,
        emptied=emptied[0] if emptied else None,
        reason=reason,
        others=others,
    )


def _draw_cancellation(
    desk: Desk,
    record: EditionRecord,
    session: Session,
    *,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/programme/cancellation.html",
        status=status,
        edition=record,
        session=session,
        booked=editing.bookings_of(desk.inst, record).get(session.code, 0),
        is_open=record.opens is not None,
        is_counted=_is_counted(record),
        others=others,
    )
