"""A new edition: how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey import editing
from survey.web.organiser.editions.from_template import TEMPLATES_OF_EDITIONS

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


def show_beginnings(desk: Desk) -> Response:
    """The latest of each series first, then all others, templates, a file."""
    latest, others = editing.sources_of(desk.inst, desk.organisation.id)
    return desk.draw(
        "workplace/editions/beginning.html",
        latest=latest,
        others=others,
        templates=TEMPLATES_OF_EDITIONS,
    )
