"""The programme in order, and moving its parts one place up or down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import editing
from survey.model.programme_editing import blocks, moved_round, moved_session
from survey.web.organiser.programme.changing import change_programme
from survey.web.workplace.edition_words import SESSION_KINDS

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.programme import Programme, Round, Session
    from survey.model.programme_editing import Step
    from survey.web.workplace.desk import Desk

STEPS: dict[str, Step] = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class ShownSession:
    """One session as the programme shows it."""

    session: Session
    kind: str
    booked: int
    lacks: tuple[str, ...]
    """What people would miss, as short texts."""
    can_rise: bool
    can_sink: bool


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A round with its sessions, or neighbouring sessions that are for everybody."""

    round: Round | None
    sessions: tuple[ShownSession, ...]
    can_rise: bool
    can_sink: bool


def show_programme(desk: Desk) -> Response:
    """Rounds and sessions in order."""
    return _draw(desk, desk.edition())


def receive_move(desk: Desk) -> Response:
    """A session or round stands one place further up or down."""
    record = desk.edition()
    programme = record.edition.programme
    way, _, what = desk.own.get("move", "").partition(" ")
    kind, _, code = what.partition(" ")
    moved, anchor, title = _moved(desk, programme, STEPS.get(way), kind, code)
    if moved is None:
        return _draw(desk, record, status=422)
    return change_programme(
        desk,
        record,
        moved,
        notice=desk.words.gettext("„%(title)s“ ist verschoben.") % {"title": title},
        anchor=anchor,
        otherwise=lambda others, status: _draw(desk, record, others=others, status=status),
    )


def _moved(
    desk: Desk, programme: Programme, step: Step | None, kind: str, code: str
) -> tuple[Programme | None, str, str]:
    session = next((s for s in programme.sessions if s.code == code), None)
    round_ = next((r for r in programme.rounds if r.code == code), None)
    if step is None:
        return None, "", ""
    if kind == "session" and session is not None:
        title = session.title.in_language(desk.language)
        return moved_session(programme, code, step), f"p-{code}", title
    if kind == "round" and round_ is not None:
        title = round_.title.in_language(desk.language)
        return moved_round(programme, code, step), f"r-{code}", title
    return None, "", ""


def _draw(
    desk: Desk, record: EditionRecord, *, others: tuple[Problem, ...] = (), status: int = 200
) -> Response:
    return desk.draw(
        "workplace/programme/programme.html",
        status=status,
        edition=record,
        blocks=_shown(desk, record),
        others=others,
        is_open=record.opens is not None,
    )


def _shown(desk: Desk, record: EditionRecord) -> list[ShownBlock]:
    parts = blocks(record.edition.programme)
    booked = editing.bookings_of(desk.inst, record)
    shown: list[ShownBlock] = []
    for n, block in enumerate(parts):
        first, last = n == 0, n == len(parts) - 1
        if block.round is not None:
            inside = tuple(
                _session(
                    desk,
                    record,
                    s,
                    booked=booked,
                    can_rise=at > 0,
                    can_sink=at < len(block.sessions) - 1,
                )
                for at, s in enumerate(block.sessions)
            )
            shown.append(ShownBlock(block.round, inside, not first, not last))
            continue
        one = _session(
            desk, record, block.sessions[0], booked=booked, can_rise=not first, can_sink=not last
        )
        if shown and shown[-1].round is None:
            shown[-1] = ShownBlock(None, (*shown[-1].sessions, one), can_rise=False, can_sink=False)
        else:
            shown.append(ShownBlock(None, (one,), can_rise=False, can_sink=False))
    return shown


def _session(
    desk: Desk,
    record: EditionRecord,
    session: Session,
    *,
    booked: dict[str, int],
    can_rise: bool,
    can_sink: bool,
) -> ShownSession:
    say = desk.words.gettext
    is_asked = bool(record.edition.questionnaire.session_items(session.kind))
    lacks = []
    if session.is_rated and not session.is_cancelled:
        if not is_asked:
            lacks.append(say("Der Fragebogen hat keine Frage zu dieser Art."))
        if not session.title.easy:
            lacks.append(say("Der Titel in Einfacher Sprache fehlt."))
        if not session.title.en:
            lacks.append(say("Der Titel auf Englisch fehlt."))
    return ShownSession(
        session,
        say(SESSION_KINDS[session.kind]),
        booked.get(session.code, 0),
        tuple(lacks),
        can_rise,
        can_sink,
    )
