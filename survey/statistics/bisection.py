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


def first_enough_near(
    is_enough: Callable[[int], bool], first: int, *, last: int, guess: int
) -> int:
    """The same, in fewer tries where the guess is near."""
    low, high, reach = first, last, 1
    middle = min(max(guess, first), last)
    while low < high:
        if middle >= last or is_enough(middle):
            high = middle
            middle = max(low, high - reach)
        else:
            low = middle + 1
            middle = min(high, low + reach - 1)
        reach *= 2
        if high - low < reach:
            return first_enough(is_enough, low, last=high)
    return low
