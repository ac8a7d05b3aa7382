"""Use case: an edition's deadline passes, once and for good.

Whether a deadline has passed is read from the clock, and clocks jump. So what has surely passed is written down: what
was passed at the usual pace, and what was still past when somebody looked again a day later.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from survey.model.event import GRACE
from survey.storage import editions, looks
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

BETWEEN_LOOKS = timedelta(hours=24)
USUAL_PACE = GRACE
"""Whoever looks so soon after a moment has seen it pass: a clock that jumps lands elsewhere."""
_LOOK = "close"


def note_closings(inst: Installation) -> None:
    """Deadlines that have surely passed are written down; a clock put back opens nothing again."""
    now = inst.clock()
    with foreign_errors():
        connection = inst.database.read()
        # Looked at every few seconds: only what has changed is written.
        changing = tuple(
            record
            for record in editions.with_keys(connection)
            if record.counted is None
            and (_unnoted(record, now) or looks.has_begun(connection, _LOOK, record.id))
        )
    if changing:
        inst.database.write(lambda writing: _note(writing, inst, changing, now=now))


def _note(
    connection: Connection,
    inst: Installation,
    changing: tuple[EditionRecord, ...],
    *,
    now: datetime,
) -> None:
    for record in changing:
        moment = _unnoted(record, now)
        if moment is None:
            looks.forget(connection, _LOOK, record.id)
        elif now < moment + USUAL_PACE or _seen_for(connection, inst, record) >= BETWEEN_LOOKS:
            editions.set_passed(connection, record.id, moment)
            looks.forget(connection, _LOOK, record.id)


def _unnoted(record: EditionRecord, now: datetime) -> datetime | None:
    """The latest of the edition's moments that the clock says is past, if nobody has written it down."""
    if record.closes is None or now < record.closes:
        return None
    moment = record.closes if now < record.closes + GRACE else record.closes + GRACE
    return moment if record.passed is None or record.passed < moment else None


def _seen_for(connection: Connection, inst: Installation, record: EditionRecord) -> timedelta:
    return looks.look(connection, _LOOK, record.id, at=inst.clock(), steady=inst.steady_time())
