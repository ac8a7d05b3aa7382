"""The planning sheet as HTML for the accessible PDF: two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.planning_view import planning_view
from survey.rendering import render

if TYPE_CHECKING:
    from datetime import date

    from survey.language.wording import Language
    from survey.model.planning import PlanningSheet


def planning_html(
    sheet: PlanningSheet, language: Language, *, organisation: str, made_on: date, accent: str = ""
) -> str:
    """The sheet, in its organisation's colour (``#1f4e79``) where it has one."""
    return render(
        "report/planning.html",
        language,
        sheet=sheet,
        shown=planning_view(sheet, language),
        summary={"organisation": organisation},
        created=made_on.isoformat(),
        made_on=made_on,
        accent=accent,
    )
