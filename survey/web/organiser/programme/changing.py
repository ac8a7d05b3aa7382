"""The last step of every change of a programme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.edition_law import broken_rules
from survey import editing
from survey.errors import ChangedMeanwhile, NotAllowed
from survey.web.organiser.edition.revisions import revision_seen
from survey.web.organiser.programme.reading import programme_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.programme import Programme
    from survey.web.workplace.desk import Desk


def change_programme(
    desk: Desk,
    record: EditionRecord,
    programme: Programme,
    *,
    notice: str,
    anchor: str = "",
    otherwise: Callable[[tuple[Problem, ...], int], Response],
) -> Response:
    """On to the programme, changed; `otherwise` draws the page with what was refused, and its status."""
    changed = replace(record.edition, programme=programme)
    broken = broken_rules(changed, zone=desk.inst.settings.zone, before=record.edition)
    if broken:
        return otherwise(broken, 422)
    try:
        parts = editing.change(desk.inst, record, changed, based_on=revision_seen(desk))
    except ChangedMeanwhile as refusal:
        return otherwise((refusal.why,), 409)
    except NotAllowed as refusal:
        return otherwise((refusal.why,), 422)
    said = notice if parts else desk.words.gettext("Es hat sich nichts geändert.")
    return desk.go(programme_address(record, anchor), notice=said)
