"""The start page of the workplace: what needs me today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey import today
from survey.model.event import EditionState
from survey.today import Place
from survey.web.organiser.sending.words import ACT_NAMES

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class ShownTrouble:
    """Something in the way, and the page where it is mended."""

    title: str
    what: Problem
    cure: Problem
    address: str
    address_text: str
    is_urgent: bool


def show_today(desk: Desk) -> Response:
    """Editions by state, what comes next, and what is in the way."""
    found = today.today(desk.inst, desk.organisation.id)
    titles = {e.record.name: e.record.edition.title for e in found.editions}
    return desk.draw(
        "workplace/today/today.html",
        is_organiser=desk.is_organiser,
        open=found.in_state(EditionState.OPEN),
        closed=found.in_state(EditionState.CLOSED),
        planned=found.in_state(EditionState.PLANNED),
        counted=found.in_state(EditionState.COUNTED),
        to_come=found.to_come,
        act_names=ACT_NAMES,
        troubles=[_shown(desk, t, titles) for t in found.troubles] if desk.is_organiser else [],
    )


def _shown(desk: Desk, trouble: today.Trouble, titles: dict[str, str]) -> ShownTrouble:
    say = desk.words.gettext
    edition = f"/arbeit/ausgaben/{trouble.edition}"
    address, text = {
        Place.SENDING: (f"{edition}/versand", say("Zum Versand")),
        Place.BOUNCES: (f"{edition}/teilnehmende/unzustellbar", say("Zu den Adressen")),
        Place.BACKUPS: ("/arbeit/einstellungen/sicherung", say("Zur Sicherung")),
        Place.NOWHERE: ("", ""),
    }[trouble.place]
    return ShownTrouble(
        titles.get(trouble.edition, ""),
        trouble.what,
        trouble.cure,
        address,
        text,
        trouble.is_urgent,
    )
