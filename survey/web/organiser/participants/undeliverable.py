"""Whom mails did not reach, what the other server said, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import correcting
from survey.model.event import EditionState
from survey.web.organiser.participants.bounce_words import bounce_words
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_undeliverable(desk: Desk) -> Response:
    """Each person once, until the trouble is over."""
    record = desk.edition()
    found = correcting.undeliverable(desk.inst, record.name)
    return desk.draw(
        "workplace/participants/undeliverable.html",
        edition=record,
        rows=[
            {
                "person": each.person,
                "words": bounce_words(each.reason),
                "reason": each.reason,
                "address": edition_address(record, "teilnehmende", each.person.id),
            }
            for each in found
        ],
        is_open=record.state(desk.inst.clock()) is EditionState.OPEN,
        is_changeable=(record.count_started or record.counted or record.addresses_deleted) is None,
        is_read=bool(desk.inst.settings.bounce_address),
        everybody=edition_address(record, "teilnehmende"),
    )
