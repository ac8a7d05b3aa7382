"""The summary of an edition, and of one session for its speakers, as HTML for the accessible PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.summary_view import session_view, summary_view
from survey.rendering import render

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from exports.finding_view import IntervalLine
    from survey.language.wording import Language
    from survey.model.summary import EditionSummary

_INTERVAL_ROWS = 8


def summary_html(
    summary: EditionSummary, language: Language, *, zone: ZoneInfo, accent: str = ""
) -> str:
    """The whole report of an edition, in its organisation's colour (``#1f4e79``) where it has one."""
    shown = summary_view(summary, language)
    return render(
        "report/summary.html",
        language,
        **_frame(summary, zone, accent),
        shown=shown,
        uncertain=_chunks(shown.uncertain),
    )


def session_html(
    summary: EditionSummary, code: str, language: Language, *, zone: ZoneInfo, accent: str = ""
) -> str:
    """What was said about one session, for its speakers; NotFound if there is no such session."""
    shown = session_view(summary, code, language)
    return render(
        "report/session.html",
        language,
        **_frame(summary, zone, accent),
        card=shown.card,
        section=shown.section,
        uncertain=_chunks(shown.uncertain),
    )


def _frame(summary: EditionSummary, zone: ZoneInfo, accent: str) -> dict[str, object]:
    return {
        "summary": summary,
        "accent": accent,
        "created": summary.counted.astimezone(zone).isoformat(timespec="seconds"),
        "closed_on": summary.closed.astimezone(zone).date(),
        "counted_on": summary.counted.astimezone(zone).date(),
    }


def _chunks(lines: Sequence[IntervalLine]) -> list[tuple[IntervalLine, ...]]:
    return [tuple(lines[i : i + _INTERVAL_ROWS]) for i in range(0, len(lines), _INTERVAL_ROWS)]
