"""A new edition from an edition file, uploaded or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.edition_file import read_edition_file
from survey.errors import FileRefused, problem
from survey.web.organiser.edition.sent_file import sent_edition_file
from survey.web.organiser.editions.creating import create_and_look_through

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.web.workplace.desk import Desk


def show_import(desk: Desk) -> Response:
    """Where the file is chosen or pasted."""
    return _draw(desk)


def receive_import(desk: Desk) -> Response:
    """The edition is there as its file says, or every line that is wrong is named."""
    sent = sent_edition_file(desk)
    if not sent.content.strip():
        nothing = problem("Wählen Sie eine Datei aus, oder fügen Sie ihren Text ein.")
        return _draw(desk, problems=(nothing,), status=422)
    try:
        edition = read_edition_file(sent.content, sent.name, zone=desk.inst.settings.zone)
    except FileRefused as refusal:
        return _draw(desk, problems=refusal.problems, text=sent.text, status=422)
    return create_and_look_through(
        desk,
        edition,
        otherwise=lambda others: _draw(desk, problems=others, text=sent.text, status=422),
    )


def _draw(
    desk: Desk, *, problems: tuple[Problem, ...] = (), text: str = "", status: int = 200
) -> Response:
    return desk.draw("workplace/editions/import.html", status=status, problems=problems, text=text)
