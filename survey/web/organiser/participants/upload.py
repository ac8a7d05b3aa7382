"""A registration list comes in: the file first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.mapped_list import found_table
from survey import holding_lists
from survey.errors import FileRefused, NotAllowed, problem
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422
LONGEST_FILE_NAME = 120


def show_upload(desk: Desk) -> Response:
    """Where a list is uploaded; one that is held already can be gone on with."""
    return _page(desk, desk.edition())


def receive_list(desk: Desk) -> Response:
    """The list is held, and its columns are asked about."""
    record = desk.edition()
    upload = desk.upload
    if upload is None or not upload.content:
        return _page(desk, record, problems=(problem("Wählen Sie eine Datei aus."),))
    # To be shown: without characters that turn the direction of a text or break its line.
    printable = "".join(c for c in upload.file_name if c.isprintable())
    file_name = printable[-LONGEST_FILE_NAME:] or "liste"
    try:
        found_table(upload.content, file_name, record.edition)
        holding_lists.hold_list(
            desk.inst,
            record.name,
            account=desk.person.id,
            file_name=file_name,
            content=upload.content,
        )
    except FileRefused as error:
        return _page(desk, record, problems=error.problems)
    except NotAllowed as error:
        return _page(desk, record, problems=(error.why,))
    return desk.go(edition_address(record, "teilnehmende", "liste", "spalten"))


def drop_list(desk: Desk) -> Response:
    """The list is gone; nothing was changed."""
    record = desk.edition()
    holding_lists.drop_list(desk.inst, record.name, account=desk.person.id)
    return desk.go(
        edition_address(record, "teilnehmende"),
        notice=desk.words.gettext("Die Liste ist verworfen. Es wurde nichts geändert."),
    )


def _page(desk: Desk, record: EditionRecord, *, problems: tuple[Problem, ...] = ()) -> Response:
    held = holding_lists.held_list(desk.inst, record.name, account=desk.person.id)
    return desk.draw(
        "workplace/participants/upload.html",
        status=UNPROCESSABLE if problems else 200,
        edition=record,
        problems=problems,
        held=held,
        is_changeable=(record.count_started or record.counted or record.addresses_deleted) is None,
        here=edition_address(record, "teilnehmende", "liste"),
        back=edition_address(record, "teilnehmende"),
    )
