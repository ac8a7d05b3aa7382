"""What a process leaves that is killed at one step after another: by real kills, or from copies of what lay there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faults.leavings import bytes_left
from tests.faults.steps import KILLED, MOST_STEPS, in_child, killed_before

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Act = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Doing:
    """Something done again and again, each time to what lies in `work` as it was at first."""

    work: Path
    lay_out: Callable[[], None]
    do: Callable[[Act], None]
    """Calls what it is given before each step."""
    may_fail: bool = False
    """Broken on purpose: one that runs through may end badly."""

    def by_kills(self) -> Iterator[int]:
        """Each number of a step before which it was killed, while what it left lies in `work`."""
        for number in range(1, MOST_STEPS):
            self.lay_out()
            ended = in_child(lambda number=number: self.do(killed_before(number)))  # type: ignore[misc]
            if ended == 0:
                return
            assert ended == KILLED, f"step {number} ended with {ended}"
            yield number
        raise AssertionError("it never ends")

    def by_copies(self) -> Iterator[int]:
        """The same, as one that runs through has left it from step to step."""
        copies = self.work.with_name(f"{self.work.name}-copies")
        copies.mkdir()
        self.lay_out()

        def keep(number: int) -> None:
            shutil.copytree(self.work, copies / str(number))

        ended = in_child(lambda: self.do(keep))
        assert self.may_fail or ended == 0
        met: set[str] = set()
        for folder in sorted(copies.iterdir(), key=lambda folder: int(folder.name)):
            left = bytes_left(folder)
            shutil.rmtree(self.work)
            folder.rename(self.work)
            if left not in met:
                met.add(left)
                yield int(folder.name)
