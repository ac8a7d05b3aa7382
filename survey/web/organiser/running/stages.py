"""The way of an edition from the first plan to the deletion of addresses, as a dated list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.keeping.retention import people_expire
from survey.model.event import GRACE, EditionState

if TYPE_CHECKING:
    from datetime import datetime

    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class Stage:
    """One station."""

    moment: str
    title: str
    text: str
    state: str = "later"
    """``done``, ``next`` or ``later``."""
    address: str = ""
    address_text: str = ""


def stages(desk: Desk, record: EditionRecord, now: datetime) -> tuple[Stage, ...]:
    """The stations in order; the first that is not behind the edition is the next."""
    say, state = desk.words.gettext, record.state(now)

    def moment(at: datetime) -> str:
        return desk.words.moment(at, desk.inst.settings.zone)

    def day(at: datetime) -> str:
        return desk.words.day(at.astimezone(desk.inst.settings.zone))

    closes = record.closes or record.edition.deadline
    is_closed = state in {EditionState.CLOSED, EditionState.COUNTED}
    is_past = (
        record.opens is not None,
        is_closed,
        record.key_destroyed is not None,
        record.addresses_deleted is not None,
    )
    found = (
        Stage(
            moment(record.opens) if record.opens else say("mit der ersten Einladung"),
            say("Die Befragung öffnet"),
            say("Fragen und Antwortskalen stehen von da an fest."),
        ),
        Stage(
            moment(closes),
            say("Die Befragung schließt"),
            say("Danach nimmt das Formular keine Antworten mehr an."),
        ),
        Stage(
            moment(record.counted)
            if record.counted
            else say("ab %(moment)s") % {"moment": moment(closes + GRACE)},
            say("Die Urne wird ausgezählt"),
            say(
                "Umschläge und Schlüssel sind danach vernichtet. Übrig bleiben Zahlen und einzelne Texte."
            ),
        ),
        Stage(
            day(record.addresses_deleted or people_expire(record)),
            say("Adressen und Namen werden gelöscht"),
            say("Aus den Sicherungen sind sie 30 Tage später."),
        ),
    )
    following = is_past.index(False) if False in is_past else len(found)
    return tuple(
        Stage(
            stage.moment,
            stage.title,
            stage.text,
            "done" if place < following else "next" if place == following else "later",
        )
        for place, stage in enumerate(found)
    )
