"""A comparison of editions as HTML for the accessible PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.comparison_view import comparison_view
from survey.rendering import render

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from survey.language.wording import Language
    from survey.model.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose report it is: as it stands on its first page and its last."""

    organisation: str
    contact: str = ""
    """Address of a person who answers questions; may be missing."""
    accent: str = ""
    """The organisation's colour (``#1f4e79``), where it has one."""


def comparison_html(
    comparison: Comparison,
    language: Language,
    *,
    publisher: Publisher,
    made: datetime,
    zone: ZoneInfo,
) -> str:
    """The whole comparison; `made` is when its newest numbers came to be, so that the same gives the same bytes."""
    shown = comparison_view(comparison, language)
    return render(
        "report/comparison.html",
        language,
        comparison=comparison,
        shown=shown,
        publisher=publisher,
        accent=publisher.accent,
        created=made.astimezone(zone).isoformat(timespec="seconds"),
    )
