"""The last step of every way to a new edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.edition_law import broken_rules
from survey import editing, mail_writing
from survey.errors import NotAllowed
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import Edition, EditionRecord
    from survey.web.workplace.desk import Desk


def create_and_look_through(
    desk: Desk,
    edition: Edition,
    *,
    otherwise: Callable[[tuple[Problem, ...]], Response],
    source: EditionRecord | None = None,
) -> Response:
    """On to what should be looked at in the new edition; `otherwise` draws the form with what was refused.

    The mails say what those of the source say, where there is one.
    """
    broken = broken_rules(edition, zone=desk.inst.settings.zone)
    if broken:
        return otherwise(broken)
    try:
        record = editing.create(desk.inst, edition, owner=desk.organisation.id)
    except NotAllowed as refusal:
        return otherwise((refusal.why,))
    if source is not None:
        mail_writing.take_words_along(desk.inst, source, record)
    notice = desk.words.gettext("Die Ausgabe „%(title)s“ ist angelegt.") % {
        "title": record.edition.title
    }
    return desk.go(edition_address(record, "angaben", "durchsehen"), notice=notice)
