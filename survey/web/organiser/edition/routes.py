"""One edition: its facts and its programme, as a site map."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from survey.web.organiser.edition import deleting, facts, files, looking_through
from survey.web.organiser.edition.fact_words import GROUPS
from survey.web.organiser.programme.routes import programme_routes
from survey.web.workplace.desk import receive, receive_file, receive_proven, show

if TYPE_CHECKING:
    from starlette.routing import Route


def edition_routes() -> list[Route]:
    """Every page about what an edition is."""
    start = "/arbeit/ausgaben/{edition}/angaben"
    return [
        show(start, facts.show_facts),
        show(f"{start}/durchsehen", looking_through.show_looks),
        show(f"{start}/datei", files.show_file),
        show(f"{start}/einlesen", files.show_import),
        receive_file(f"{start}/einlesen", files.receive_import),
        show(f"{start}/loeschen", deleting.show_deletion),
        receive_proven(f"{start}/loeschen", deleting.receive_deletion),
        *(
            route
            for group in GROUPS
            for route in (
                show(f"{start}/{group.word}", partial(facts.show_group, group=group)),
                receive(f"{start}/{group.word}", partial(facts.receive_group, group=group)),
            )
        ),
        *programme_routes(),
    ]
