"""Many that work at the same time in a trial: what one of them raises, the trial raises."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Count = Callable[[], None]


class Hand(threading.Thread):
    """One of them: its work is given something to call for each thing done."""

    def __init__(self, work: Callable[[Count], None]) -> None:
        super().__init__(daemon=True)
        self.done = 0
        self._work = work
        self._error: BaseException | None = None

    def run(self) -> None:
        """Work, to the end or until something is raised."""
        try:
            self._work(self._count)
        except BaseException as error:  # noqa: BLE001 -- for those who wait
            self._error = error

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended; raises what it raised."""
        super().join(timeout)
        if self._error is not None:
            raise self._error

    def _count(self) -> None:
        self.done += 1


def await_work(hands: Sequence[Hand]) -> int:
    """How much all did once all have ended; `AssertionError` where one did nothing, or else what one raised."""
    for hand in hands:
        hand.join()
    idle = sum(not hand.done for hand in hands)
    assert not idle, f"{idle} of {len(hands)} did nothing"
    return sum(hand.done for hand in hands)
