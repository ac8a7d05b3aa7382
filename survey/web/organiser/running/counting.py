"""Counting: what will happen, how far it is, what went wrong and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.typed_number import typed_number
from survey import counting, ordering
from survey.errors import BoxesUnopenable, NachklangError
from survey.language.catalogue import catalogue
from survey.reporting.standing import standing
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

STEPS = 3
"""Counted, proven in a backup, key destroyed."""


def show_count(desk: Desk) -> Response:
    """Before, while and after the count."""
    record = desk.edition()
    if record.key_destroyed is not None:
        return _draw_done(desk, record)
    order_found = ordering.count_order(desk.inst, record)
    if order_found is not None and order_found.trouble is not None:
        return _draw_trouble(desk, record, order_found.trouble)
    if order_found is not None or record.count_started is not None:
        return _draw_progress(desk, record)
    return _draw_confirmation(desk, record)


def order(desk: Desk) -> Response:
    """The count is ordered, or tried again, or goes on without boxes that do not open."""
    record = desk.edition()
    here = edition_address(record, "auszaehlen")
    seen = typed_number(desk.own.get("unopenable", ""))
    if desk.own.get("action") == "leave_out" and seen is not None:
        counting.decide_unopenable(desk.inst, record.name, leave_out=seen)
    ordering.order_count(desk.inst, record.name)
    say = desk.words.gettext
    return desk.go(
        here, notice=say("Die Auszählung ist angestoßen. In ein paar Sekunden beginnt sie.")
    )


def _draw_confirmation(desk: Desk, record: EditionRecord) -> Response:
    counting.require_time(desk.inst, record, by_hand=True)
    return desk.draw(
        "workplace/running/count.html",
        edition=record,
        back=edition_address(record),
        responses=standing(desk.inst, record.name).responses,
    )


def _draw_progress(desk: Desk, record: EditionRecord) -> Response:
    say = desk.words.gettext
    if record.counted is not None:
        done, text = (
            2,
            say("Die Zahlen liegen vor. Jetzt wird gesichert und der Schlüssel vernichtet."),
        )
    elif record.count_started is not None:
        done, text = 1, say("Die Umschläge werden geöffnet und Frage für Frage ausgezählt.")
    else:
        done, text = 0, say("Die Auszählung ist angestoßen und beginnt gleich.")
    return desk.draw(
        "workplace/running/count_progress.html",
        edition=record,
        done=done,
        of=STEPS,
        text=text,
        here=edition_address(record, "auszaehlen"),
    )


def _draw_trouble(desk: Desk, record: EditionRecord, trouble: Problem) -> Response:
    unopenable = 0
    if trouble.key == BoxesUnopenable.KEY:
        try:
            unopenable = counting.unopenable_boxes(desk.inst, record.name)
        except NachklangError:
            unopenable = 0  # something else is in the way now; trying again will say what
    return desk.draw(
        "workplace/running/count_trouble.html",
        edition=record,
        trouble=trouble,
        unopenable=unopenable,
        back=edition_address(record),
        is_started=record.count_started is not None,
        contact_technology=trouble.key != BoxesUnopenable.KEY,
    )


def _draw_done(desk: Desk, record: EditionRecord) -> Response:
    protocol = counting.read_protocol(desk.inst, record.name)
    text = protocol.text(catalogue(desk.language), desk.inst.settings.zone)
    return desk.draw(
        "workplace/running/counted.html",
        edition=record,
        lines=[line for line in text.splitlines()[1:] if line],
        results=edition_address(record, "ergebnisse"),
    )
