"""Which revision of an edition a person saw before they changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.web.workplace.desk import Desk

_MOST_DIGITS = 9


def revision_seen(desk: Desk) -> int:
    """The revision that the sent page was drawn from; one that never was, where it does not say."""
    typed = desk.own.get("revision", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS
    return int(typed) if is_number else -1
