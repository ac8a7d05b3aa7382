"""All editions of the organisation, by state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import editing, preparing
from survey.model.event import EditionState
from survey.web.workplace.edition_words import FORMATS, KINDS, STATES

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

ORDER = (EditionState.OPEN, EditionState.CLOSED, EditionState.PLANNED, EditionState.COUNTED)


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """One edition as the list shows it."""

    record: EditionRecord
    state: EditionState
    state_text: str
    kind_text: str
    next_step: str
    """What happens or is to be done next, as a sentence."""
    address: str
    """Where that is done; empty where nothing is to be done."""
    address_text: str


def show_editions(desk: Desk) -> Response:
    """Every edition, those of one series where one is asked for."""
    series = desk.asked("reihe")
    records = preparing.editions_of(desk.inst, desk.organisation.id)
    listed = [_listed(desk, r) for r in records if not series or r.edition.series == series]
    return desk.draw(
        "workplace/editions/list.html",
        groups=[(state, [e for e in listed if e.state is state]) for state in ORDER],
        chosen=series,
        all_series=editing.series_of(desk.inst, desk.organisation.id),
        is_empty=not records,
        found=len(listed),
        is_organiser=desk.is_organiser,
    )


def _listed(desk: Desk, record: EditionRecord) -> ListedEdition:
    say = desk.words.gettext
    edition = record.edition
    state = record.state(desk.inst.clock())
    next_step, end, text = _next(desk, record, state)
    return ListedEdition(
        record,
        state,
        say(STATES[state]),
        f"{say(KINDS[edition.kind])}, {say(FORMATS[edition.format])}",
        next_step,
        f"/arbeit/ausgaben/{record.name}/{end}" if text else "",
        text,
    )


def _next(desk: Desk, record: EditionRecord, state: EditionState) -> tuple[str, str, str]:
    say = desk.words.gettext
    title = {"title": record.edition.title}
    if state is EditionState.COUNTED:
        return "", "ergebnisse", say("Ergebnisse von „%(title)s“") % title
    if not desk.is_organiser:
        return "", "", ""
    match state:
        case EditionState.OPEN:
            return say("Bis zur Frist kommen Rückmeldungen an."), "", ""
        case EditionState.CLOSED:
            return say("Als Nächstes wird ausgezählt."), "", ""
        case _:
            now = desk.inst.clock()
            if record.edition.deadline <= now:
                return (
                    say("Die Frist ist vorbei, und niemand war eingeladen."),
                    "angaben/tage",
                    say("Tage von „%(title)s“ ändern") % title,
                )
            return (
                say("Noch ist niemand eingeladen."),
                "pruefung",
                say("Prüfen, ob „%(title)s“ bereit ist") % title,
            )
