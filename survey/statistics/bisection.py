"""Finding the first number that is enough, in few tries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def first_enough(is_enough: Callable[[int], bool], first: int, *, last: int) -> int:
    """The first number that is enough, where `last` is and every one after an enough one is too."""
    while first < last:
        middle = (first + last) // 2
        if is_enough(middle):
            last = middle
        else:
            first = middle + 1
    return first
