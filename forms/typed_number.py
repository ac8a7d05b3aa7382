"""A whole number as somebody typed it, or as an address carries it."""

from __future__ import annotations

MOST_DIGITS = 9
"""More than any number here needs; Python refuses to read thousands of digits."""


def typed_number(text: str) -> int | None:
    """The number; None if it is none, or longer than any number here."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
