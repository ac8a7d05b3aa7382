"""Who works here, and what a successor needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.employing import colleagues
from survey.employing.handing_over import handover
from survey.model.event import EditionState

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.language.catalogue import Catalogue
    from survey.model.workplace import Role
    from survey.web.workplace.desk import Desk


def show_people(desk: Desk) -> Response:
    """Colleagues with their roles, and who is invited."""
    return desk.draw(
        "workplace/people/people.html",
        people=colleagues.people(desk.inst, desk.organisation.id),
        role_names=role_names(desk.words),
    )


def show_handover(desk: Desk) -> Response:
    """The page to print for whoever comes next."""
    say = desk.words.gettext
    return desk.draw(
        "workplace/people/handover.html",
        handover=handover(desk.inst, desk.organisation.id),
        people=colleagues.people(desk.inst, desk.organisation.id),
        role_names=role_names(desk.words),
        state_names={
            EditionState.PLANNED: say("geplant"),
            EditionState.OPEN: say("offen"),
            EditionState.CLOSED: say("geschlossen, noch nicht ausgezählt"),
            EditionState.COUNTED: say("ausgezählt"),
        },
    )


def role_names(words: Catalogue) -> dict[Role | str, str]:
    """Each role in a word."""
    say = words.gettext
    return {"organiser": say("Organisation"), "planner": say("Planung")}
