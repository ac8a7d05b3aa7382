"""The planning sheet as a page: what the answers say about the next edition, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.planning.decisions import decided_from
from survey.planning.planning_sheet import planned_from, planning_sheet
from survey.web.workplace.desk import series_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.web.workplace.desk import Desk


@dataclass(frozen=True, slots=True)
class OtherEdition:
    """An edition that can be planned from."""

    address: str
    title: str
    is_shown: bool


def show_sheet(desk: Desk) -> Response:
    """The sheet of the newest counted edition, or of the one asked for; why there is none before the first count."""
    from exports.planning_view import planning_view  # noqa: PLC0415 -- most requests draw no chart

    series = desk.series()
    if not series.counted:
        return desk.draw("workplace/planning/not_yet.html", series=series)
    record = planned_from(series, desk.asked("ausgabe") or None)
    sheet = planning_sheet(desk.inst, series, name=record.name)
    return desk.draw(
        "workplace/planning/sheet.html",
        series=series,
        shown=planning_view(sheet, desk.language),
        planned_from=record.name,
        is_example=record.edition.is_made_up,
        how_many=series_address(series, "wie-viele"),
        decide_at=series_address(series, "planung", "entscheidungen", record.name),
        decided={one.decision.subject for one in decided_from(desk.inst, record)},
        others=tuple(
            OtherEdition(
                series_address(series, "planung", ausgabe=other.name),
                other.edition.title,
                other.name == record.name,
            )
            for other in reversed(series.counted)
        ),
    )
