"""A round's title, and how many sessions a person may book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.programme_forms import BookingForm, RoundForm, shown_title
from survey.errors import NotAllowed, problem
from survey.web.organiser.programme.changing import change_programme
from survey.web.organiser.programme.reading import round_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.programme import Round
    from survey.web.workplace.desk import Desk


def show_round(desk: Desk) -> Response:
    """The round's title in three languages."""
    record = desk.edition()
    round_ = round_of(desk, record)
    return _draw(desk, record, round_, RoundForm(data=shown_title(round_.title)))


def receive_round(desk: Desk) -> Response:
    """The round has another title."""
    record = desk.edition()
    round_ = round_of(desk, record)
    form = RoundForm.typed(desk.fields)
    if not form.validate():
        return _draw(desk, record, round_, form, status=422)
    programme = record.edition.programme
    changed = replace(round_, title=form.title())
    rounds = tuple(changed if r.code == round_.code else r for r in programme.rounds)
    return change_programme(
        desk,
        record,
        replace(programme, rounds=rounds),
        notice=desk.words.gettext("Gespeichert."),
        anchor=f"r-{round_.code}",
        otherwise=lambda others, status: _draw(
            desk, record, round_, form, others=others, status=status
        ),
    )


def show_booking(desk: Desk) -> Response:
    """How many sessions a person may book."""
    record = desk.edition()
    _require_planned(record)
    form = BookingForm(data={"most": record.edition.programme.most_sessions_per_person})
    form.limit(len(record.edition.programme.rounds))
    return _draw_booking(desk, record, form)


def receive_booking(desk: Desk) -> Response:
    """Another number of sessions per person."""
    record = desk.edition()
    _require_planned(record)
    form = BookingForm.typed(desk.fields)
    form.limit(len(record.edition.programme.rounds))
    if not form.validate():
        return _draw_booking(desk, record, form, status=422)
    return change_programme(
        desk,
        record,
        replace(record.edition.programme, most_sessions_per_person=form.most.data),
        notice=desk.words.gettext("Gespeichert."),
        otherwise=lambda others, status: _draw_booking(
            desk, record, form, others=others, status=status
        ),
    )


def _require_planned(record: EditionRecord) -> None:
    if record.opens is not None:
        raise NotAllowed(problem("Seit die Einladung versandt ist, lässt sich das nicht ändern."))


def _draw(
    desk: Desk,
    record: EditionRecord,
    round_: Round,
    form: RoundForm,
    *,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/programme/round.html",
        status=status,
        edition=record,
        round=round_,
        form=form,
        others=others,
    )


def _draw_booking(
    desk: Desk,
    record: EditionRecord,
    form: BookingForm,
    *,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/programme/booking.html",
        status=status,
        edition=record,
        form=form,
        others=others,
    )
