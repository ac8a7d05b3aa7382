"""Numbers with their sign, as people write them."""

from __future__ import annotations


def signed(number: int) -> str:
    """``+12``, ``−4`` with a true minus, ``0``."""
    if number < 0:
        return f"\u2212{-number}"
    return f"+{number}" if number else "0"
