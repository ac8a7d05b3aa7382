"""Until when answers are taken: extend, close early, open again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.running_forms import DeadlineForm, a_week_later
from survey import asking_openly, preparing
from survey.errors import ChangedMeanwhile, NotAllowed, problem
from survey.model.event import GRACE, EditionState
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def ask_deadline(desk: Desk) -> Response:
    """The form for a later deadline."""
    record = desk.edition()
    _require_extendable(desk, record)
    return _draw_deadline(desk, record, _form(desk, record))


def extend(desk: Desk) -> Response:
    """The later deadline is in force."""
    record = desk.edition()
    _require_extendable(desk, record)
    form = _form(desk, record)
    if not form.validate():
        return _draw_deadline(desk, record, form, status=UNPROCESSABLE)
    try:
        _require_seen(desk, record)
        changed = preparing.extend_deadline(
            desk.inst, record.name, form.moment(desk.inst.settings.zone)
        )
    except NotAllowed as refused:
        return _draw_deadline(desk, record, form, (refused.why,), status=UNPROCESSABLE)
    until = desk.words.moment(changed.edition.deadline, desk.inst.settings.zone)
    notice = desk.words.gettext("Die Frist ist verlängert: Antworten sind bis %(until)s möglich.")
    return desk.go(edition_address(record), notice=notice % {"until": until})


def ask_before_closing(desk: Desk) -> Response:
    """What closing early does."""
    record = desk.edition()
    if record.state(desk.inst.clock()) is not EditionState.OPEN:
        raise NotAllowed(problem("Diese Ausgabe ist nicht offen."))
    return desk.draw(
        "workplace/running/close.html",
        edition=record,
        back=edition_address(record),
        until=_told(desk, record),
    )


def close(desk: Desk) -> Response:
    """The edition is closed now."""
    record = desk.edition()
    closed = preparing.close_now(desk.inst, record.name)
    say = desk.words.gettext
    notice = say("Die Befragung ist geschlossen. Auszählen können Sie ab %(moment)s.")
    moment = (closed.closes or desk.inst.clock()) + GRACE
    told = desk.words.moment(moment, desk.inst.settings.zone)
    return desk.go(edition_address(record), notice=notice % {"moment": told})


def ask_before_opening(desk: Desk) -> Response:
    """What opening does: for the first time without a mail, or again until the count."""
    record = desk.edition()
    return _draw_opening(desk, record, _form(desk, record))


def open_again(desk: Desk) -> Response:
    """The edition takes answers."""
    record = desk.edition()
    say = desk.words.gettext
    if record.state(desk.inst.clock()) is EditionState.PLANNED:
        asking_openly.open_without_mail(desk.inst, record.name)
        return desk.go(edition_address(record), notice=say("Die Befragung ist offen."))
    form = _form(desk, record)
    if not form.validate():
        return _draw_opening(desk, record, form, status=UNPROCESSABLE)
    try:
        _require_seen(desk, record)
        preparing.reopen(desk.inst, record.name, form.moment(desk.inst.settings.zone))
    except NotAllowed as refused:
        return _draw_opening(desk, record, form, (refused.why,), status=UNPROCESSABLE)
    return desk.go(edition_address(record), notice=say("Die Befragung ist wieder offen."))


def _draw_deadline(
    desk: Desk,
    record: EditionRecord,
    form: DeadlineForm,
    others: tuple[Problem, ...] = (),
    *,
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/running/deadline.html",
        status=status,
        edition=record,
        form=form,
        others=others,
        until=_told(desk, record),
        back=edition_address(record),
    )


def _draw_opening(
    desk: Desk,
    record: EditionRecord,
    form: DeadlineForm,
    others: tuple[Problem, ...] = (),
    *,
    status: int = 200,
) -> Response:
    state = record.state(desk.inst.clock())
    if state is EditionState.OPEN:
        raise NotAllowed(problem("Diese Ausgabe ist schon offen."))
    if state is EditionState.COUNTED or record.count_started is not None:
        raise NotAllowed(problem("Die Auszählung hat begonnen. Die Ausgabe bleibt geschlossen."))
    is_first = state is EditionState.PLANNED
    if is_first and not asking_openly.ways_of(desk.inst, record).is_any:
        raise NotAllowed(asking_openly.NO_OTHER_WAY)
    return desk.draw(
        "workplace/running/open.html",
        status=status,
        edition=record,
        form=form,
        others=others,
        is_first=is_first,
        until=_told(desk, record),
        back=edition_address(record),
    )


def _require_extendable(desk: Desk, record: EditionRecord) -> None:
    if record.state(desk.inst.clock()) not in {EditionState.PLANNED, EditionState.OPEN}:
        raise NotAllowed(problem("Diese Ausgabe ist geschlossen."))


def _require_seen(desk: Desk, record: EditionRecord) -> None:
    if desk.own.get("revision") != str(record.revision):
        raise ChangedMeanwhile


def _form(desk: Desk, record: EditionRecord) -> DeadlineForm:
    zone, now = desk.inst.settings.zone, desk.inst.clock()
    is_closed = record.state(now) is EditionState.CLOSED
    before = record.closes or record.edition.deadline
    first = a_week_later(now, zone) if is_closed else before.astimezone(zone).replace(tzinfo=None)
    form: DeadlineForm = DeadlineForm.typed(desk.fields, deadline=first)
    return form


def _told(desk: Desk, record: EditionRecord) -> str:
    return desk.words.moment(record.closes or record.edition.deadline, desk.inst.settings.zone)
