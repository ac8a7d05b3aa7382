"""The comparison of editions as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.comparing.comparison import comparable_names
from survey.model.comparison import FEWEST_EDITIONS
from survey.web.planner.comparison.choosing import compared

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


def show_comparison(desk: Desk) -> Response:
    """The editions side by side; before there are two with results, what is needed for it."""
    from exports.comparison_view import comparison_view  # noqa: PLC0415 -- most requests draw no chart

    series = desk.series()
    if len(comparable_names(series)) < FEWEST_EDITIONS:
        return desk.draw("workplace/comparison/not_yet.html", series=series)
    found = compared(desk, series)
    if found.comparison is None:
        return desk.draw(
            "workplace/comparison/refused.html", series=series, found=found, status=UNPROCESSABLE
        )
    return desk.draw(
        "workplace/comparison/comparison.html",
        series=series,
        found=found,
        comparison=found.comparison,
        shown=comparison_view(found.comparison, desk.language),
    )
