"""The last step of every way to a new edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.edition_law import broken_rules
from survey import editing
from survey.errors import NotAllowed
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import Edition
    from survey.web.workplace.desk import Desk


def create_and_look_through(
    desk: Desk, edition: Edition, *, otherwise: Callable[[tuple[Problem, ...]], Response]
) -> Response:
    """On to what should be looked at in the new edition; `otherwise` draws the form with what was refused."""
    broken = broken_rules(edition, zone=desk.inst.settings.zone)
    if broken:
        return otherwise(broken)
    try:
        record = editing.create(desk.inst, edition, owner=desk.organisation.id)
    except NotAllowed as refusal:
        return otherwise((refusal.why,))
    notice = desk.words.gettext("Die Ausgabe „%(title)s“ ist angelegt.") % {
        "title": record.edition.title
    }
    return desk.go(edition_address(record, "angaben", "durchsehen"), notice=notice)
