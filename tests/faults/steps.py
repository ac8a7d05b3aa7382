"""The steps between which a kill leaves something else: statements that change, files that come and go."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the driver the service uses

if TYPE_CHECKING:
    from collections.abc import Callable

KILLED = -signal.SIGKILL
MOST_STEPS = 5000
_FILE_EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.link", "os.rmdir"})
_READS = (
    "SELECT",
    "PRAGMA integrity",
    "PRAGMA foreign",
    "PRAGMA busy",
    "PRAGMA query",
    "PRAGMA temp",
)


def before_each_step(act: Callable[[int], None]) -> None:
    """From here on, and as long as this process lives, `act` hears the number of each step before it is taken."""
    steps = 0
    is_acting = False

    def step(what: str) -> None:
        nonlocal steps, is_acting
        if is_acting or what.lstrip().startswith(_READS):
            return  # a kill before a read finds what a kill before the next change finds
        steps += 1
        is_acting = True
        try:
            act(steps)
        finally:
            is_acting = False

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if event in _FILE_EVENTS or writes:
            step(event)

    driver: Any = sqlite3
    connect = driver.connect

    def traced(*arguments: object, **options: object) -> object:
        made = connect(*arguments, **options)
        made.set_trace_callback(step)
        return made

    driver.connect = traced
    sys.addaudithook(audit)


def killed_before(number: int) -> Callable[[int], None]:
    """This process ends before that step."""

    def act(step: int) -> None:
        if step == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


def in_child(act: Callable[[], None]) -> int:
    """How a process of its own ended: 0, or what it failed with is on standard error."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001 -- the end of a child
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
