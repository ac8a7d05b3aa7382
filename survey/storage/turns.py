"""Turns: what one process of an installation does at a time, whether it runs on one machine or on several."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from survey.storage.connection import Database


class Turn(Enum):
    """What is done by one at a time."""

    MAILS = "sending"
    STAFF_MAILS = "staff-sending"
    COUNTS = "counting"
    BACKUPS = "backup"


_SECONDS_BETWEEN_TRIES = 0.2


@contextmanager
def turn(database: Database, what: Turn) -> Iterator[Callable[[], bool]]:
    """Says whether it is our turn, which nobody else has meanwhile; it ends with its process, whatever ends that.

    On a server it ends with the connection, too: after a failover somebody else may have it, and we are told no more.
    """
    if not database.postgresql:
        with _turn_by_file(database.path.with_name(f"{what.value}.lock")) as is_ours:
            yield lambda: is_ours
        return
    from survey.storage.turns_on_server import (  # noqa: PLC0415 -- its driver is for those who have a server
        turn_by_server,
    )

    with turn_by_server(database.postgresql, list(Turn).index(what)) as is_ours:
        yield is_ours


@contextmanager
def awaited_turn(database: Database, what: Turn) -> Iterator[None]:
    """Our turn, as soon as nobody else has it."""
    while True:
        with turn(database, what) as is_ours:
            if is_ours():
                yield
                return
        time.sleep(_SECONDS_BETWEEN_TRIES)


def is_taken(database: Database, what: Turn) -> bool:
    """True if somebody has that turn now: whoever falls due again soon need not wait for it."""
    with turn(database, what) as is_ours:
        return not is_ours()


@contextmanager
def _turn_by_file(lock: Path) -> Iterator[bool]:
    # Only read: on a disk that takes nothing any more a turn can still be had.
    descriptor = os.open(lock, os.O_RDONLY | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
