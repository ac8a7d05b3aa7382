"""An edition as a file: out of the service, and changed back in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import Response

from forms.edition_file import read_edition_file, write_edition_file
from survey import editing
from survey.errors import ChangedMeanwhile, FileRefused, NotAllowed, problem
from survey.model.freezing import frozen_parts
from survey.web.organiser.edition.change_words import shown_changes
from survey.web.organiser.edition.revisions import revision_seen
from survey.web.organiser.edition.sent_file import sent_edition_file
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from survey.errors import Problem
    from survey.model.event import Edition, EditionRecord
    from survey.web.workplace.desk import Desk


def show_file(desk: Desk) -> Response:
    """The edition as an edition file; a planned one leaves the size of its boxes open."""
    record = desk.edition()
    edition = record.edition if record.opens else replace(record.edition, box_size=0)
    return Response(
        write_edition_file(edition, zone=desk.inst.settings.zone),
        headers={"Content-Disposition": f'attachment; filename="{record.name}.toml"'},
        media_type="application/toml",
    )


def show_import(desk: Desk) -> Response:
    """Where the changed file is chosen or pasted."""
    return _draw(desk, desk.edition())


def receive_import(desk: Desk) -> Response:
    """First what the file would change, then, confirmed, the change."""
    record = desk.edition()
    sent = sent_edition_file(desk)
    if not sent.content.strip():
        nothing = problem("Wählen Sie eine Datei aus, oder fügen Sie ihren Text ein.")
        return _draw(desk, record, problems=(nothing,), status=422)
    try:
        changed = read_edition_file(sent.content, sent.name, zone=desk.inst.settings.zone)
    except FileRefused as refusal:
        return _draw(desk, record, problems=refusal.problems, text=sent.text, status=422)
    if changed.name != record.name:
        other = problem(
            "In der Datei steht die Ausgabe „%(other)s“, nicht „%(name)s“.",
            other=changed.name,
            name=record.name,
        )
        return _draw(desk, record, problems=(other,), text=sent.text, status=422)
    if record.opens is not None and not changed.box_size:
        changed = replace(changed, box_size=record.edition.box_size)
    if desk.own.get("action") != "change":
        return _preview(desk, record, changed, sent.text)
    try:
        editing.change(desk.inst, record, changed, based_on=revision_seen(desk))
    except ChangedMeanwhile as refusal:
        return _preview(desk, record, changed, sent.text, others=(refusal.why,), status=409)
    except NotAllowed as refusal:
        return _draw(desk, record, problems=(refusal.why,), text=sent.text, status=422)
    notice = desk.words.gettext("Die Ausgabe ist geändert, wie die Datei es sagt.")
    return desk.go(edition_address(record, "angaben"), notice=notice)


def _preview(
    desk: Desk,
    record: EditionRecord,
    changed: Edition,
    text: str,
    *,
    others: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    kept = replace(changed, box_size=record.edition.box_size)
    frozen = frozen_parts(record.edition, kept, is_opened=record.opens is not None)
    return desk.draw(
        "workplace/edition/file_preview.html",
        status=status,
        edition=record,
        changes=shown_changes(desk, record, changed),
        frozen=len(set(frozen)),
        others=others,
        text=text,
    )


def _draw(
    desk: Desk,
    record: EditionRecord,
    *,
    problems: tuple[Problem, ...] = (),
    text: str = "",
    status: int = 200,
) -> Response:
    return desk.draw(
        "workplace/edition/file_import.html",
        status=status,
        edition=record,
        problems=problems,
        text=text,
    )
