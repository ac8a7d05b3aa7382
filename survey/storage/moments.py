"""Moments as the database keeps them: ISO text in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_to_text(moment: datetime) -> str:
    """The moment in UTC; ValueError if it names no time zone."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC).isoformat()


def text_to_moment(text: str | None) -> datetime | None:
    """The moment that was kept; None for none."""
    return None if text is None else datetime.fromisoformat(text)
