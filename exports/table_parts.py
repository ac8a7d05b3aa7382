"""Long tables in parts that fit a page each: a table that breaks is read as two."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from exports.clean_text import BREAK, printable_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
_PLACE_TO_BREAK = re.compile(f"[ {BREAK}]")
_MOST_LINES = 40
"""Lines of text that fit a page, with its caption and head."""


def parts(
    rows: Sequence[T], height: Callable[[T], int], *, most_rows: int = 8
) -> tuple[tuple[T, ...], ...]:
    """The rows in their order, so many together as fit; `height` says how many lines a row has."""
    found: list[list[T]] = []
    lines = 0
    for row in rows:
        needed = height(row)
        if not found or len(found[-1]) == most_rows or lines + needed > _MOST_LINES:
            found.append([])
            lines = 0
        found[-1].append(row)
        lines += needed
    return tuple(map(tuple, found))


def lines_of(text: str, letters: int) -> int:
    """How many lines a text takes in a column that holds so many letters, broken at words."""
    # Signs may be printed as their names. Words leave room at the end of lines: a sixth, and one line more.
    printed = printable_page(text)
    counted = len(printed.replace(BREAK, "")) * 7 // (6 * letters) + 1
    return max(counted, _wrapped(_PLACE_TO_BREAK.split(printed), letters))


def _wrapped(words: Sequence[str], letters: int) -> int:
    """Lines that the words fill one by one; one that is longer than a line begins one and leaves its last open."""
    lines, room = 1, letters
    for word in words:
        if len(word) <= room:
            room -= len(word) + 1
            continue
        needed = ceil(len(word) / letters)
        lines += needed if room < letters else needed - 1
        room = needed * letters - len(word)
    return lines
