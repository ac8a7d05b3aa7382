"""The uploaded list that a person at work is busy with, read anew at every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.mapped_list import found_table
from survey import holding_lists
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from forms.mapped_list import FoundTable
    from survey.holding_lists import HeldList
    from survey.model.event import EditionRecord
    from survey.model.list_choices import ListChoices
    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class HeldTable:
    """The list as it is held, and its table."""

    record: EditionRecord
    held: HeldList
    table: FoundTable

    @property
    def choices(self) -> ListChoices:
        """What has been chosen so far."""
        return self.held.choices


def held_table(desk: Desk) -> HeldTable | None:
    """The list of this person and edition; None if its hour is over, or another one was uploaded since."""
    record = desk.edition()
    held = holding_lists.held_list(desk.inst, record.name, account=desk.person.id)
    sent = desk.own.get("revision")
    if held is None or (sent is not None and sent.partition(".")[0] != held.id):
        return None
    return HeldTable(record, held, found_table(held.content, held.file_name, record.edition))


def gone(desk: Desk) -> Response:
    """Back to the upload: the list that was asked for is not there any more."""
    return desk.go(
        edition_address(desk.edition(), "teilnehmende", "liste"),
        notice=desk.words.gettext("Diese Liste ist nicht mehr da. Laden Sie sie noch einmal hoch."),
    )


def choose(desk: Desk, busy: HeldTable, choices: ListChoices) -> None:
    """The choices are kept."""
    holding_lists.choose(
        desk.inst, busy.record.name, account=desk.person.id, held=busy.held, choices=choices
    )
