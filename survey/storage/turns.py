"""Turns: what one process of an installation does at a time, whether it runs on one machine or on several."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.storage.connection import Database


class Turn(Enum):
    """What is done by one at a time."""

    MAILS = "sending"
    STAFF_MAILS = "staff-sending"


@contextmanager
def turn(database: Database, what: Turn) -> Iterator[bool]:
    """True if it is our turn, which nobody else has meanwhile; it ends with its process, whatever ends that.

    On a server it ends with the connection, too: after a failover somebody else may begin beside us.
    """
    if not database.postgresql:
        with _turn_by_file(database.path.with_name(f"{what.value}.lock")) as is_ours:
            yield is_ours
        return
    from survey.storage.turns_on_server import (  # noqa: PLC0415 -- its driver is for those who have a server
        turn_by_server,
    )

    with turn_by_server(database.postgresql, list(Turn).index(what)) as is_ours:
        yield is_ours


@contextmanager
def _turn_by_file(lock: Path) -> Iterator[bool]:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
