"""The list of editions, and making one, as a site map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from survey.web.organiser.editions import (
    beginning,
    copying,
    edition_list,
    from_file,
    from_template,
)
from survey.web.workplace.desk import EVERYBODY, receive, receive_file, show

if TYPE_CHECKING:
    from starlette.routing import Route


def edition_list_routes() -> list[Route]:
    """Every page about the list of editions and about a new one."""
    start = "/arbeit/ausgaben"
    return [
        show(start, edition_list.show_editions, roles=EVERYBODY),
        show(f"{start}/neu", beginning.show_beginnings),
        show(f"{start}/neu/aus/{{edition}}", copying.show_copy),
        receive(f"{start}/neu/aus/{{edition}}", copying.receive_copy),
        show(f"{start}/neu/datei", from_file.show_import),
        receive_file(f"{start}/neu/datei", from_file.receive_import),
        *(
            route
            for template in from_template.TEMPLATES_OF_EDITIONS
            for route in (
                show(
                    f"{start}/neu/vorlage/{template.word}",
                    partial(from_template.show_template, template=template),
                ),
                receive(
                    f"{start}/neu/vorlage/{template.word}",
                    partial(from_template.receive_template, template=template),
                ),
            )
        ),
    ]
