"""How often was committed: in the database itself, and in a small file of its own beside it.

A damaged write-ahead log passes every check of the database and yet has lost its end: what was changed,
not only what was added. The database then knows of fewer commits than the file. One number: no identity, no order.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DIGITS = 12
_LENGTH = 2 * _DIGITS + 2
_LARGEST = 2**31 - 1
"""What SQLite can count to in the header of its file."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the file holds."""

    commits: int = 0
    lost: int = 0
    """Commits found missing, until somebody has looked."""


class Counting(Protocol):
    """What is needed of a connection."""

    def execute(self, sql: str, /) -> Any:  # noqa: ANN401 -- drivers' cursors
        """Run one statement."""


def advance(database: Path, connection: Counting) -> Noted:
    """One commit more, if it is committed; what is to be noted then."""
    commits = _committed(connection)
    connection.execute(f"PRAGMA user_version={min(commits + 1, _LARGEST)}")
    return advanced(database, committed=commits)


def advanced(database: Path, *, committed: int) -> Noted:
    """What is to be noted once one commit more than those is durable."""
    noted = _noted(database)  # nobody else commits now, so the file cannot rightly be ahead
    return Noted(committed + 1, max(noted.lost, noted.commits - committed))


def note(database: Path, noted: Noted) -> None:
    """That commit is durable."""
    descriptor = os.open(_path(database), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        known = _parse(os.pread(descriptor, _LENGTH, 0))
        if noted.lost <= known.lost:
            # Another process may have noted a later commit before this one.
            noted = Noted(max(noted.commits, known.commits), known.lost)
        _write(descriptor, noted)
    finally:
        os.close(descriptor)


def lost(database: Path, connection: Counting) -> int:
    """How many commits are missing that were durable once."""
    return lost_of(database, lambda: _committed(connection))


def lost_of(database: Path, committed: Callable[[], int]) -> int:
    """The same of a database that counts elsewhere."""
    noted = _noted(database)  # first: the database may go on meanwhile, and the file follows it
    return max(noted.lost, noted.commits - committed())


def confirm(database: Path, connection: Counting) -> None:
    """Somebody has looked, or brought the database back from a backup: what it has is what there is."""
    confirm_as(database, _committed(connection))


def confirm_as(database: Path, committed: int) -> None:
    """The same of a database that counts elsewhere."""
    descriptor = os.open(_path(database), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _write(descriptor, Noted(committed))
    finally:
        os.close(descriptor)


def _committed(connection: Counting) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _noted(database: Path) -> Noted:
    path = _path(database)
    return _parse(path.read_bytes()) if path.exists() else Noted()


def _parse(content: bytes) -> Noted:
    if not content:
        return Noted()
    try:
        commits, missing = (int(part) for part in content.split())
    except ValueError:
        return Noted(lost=1)  # a file that holds no numbers proves nothing: somebody must look
    return Noted(commits, missing)


def _write(descriptor: int, noted: Noted) -> None:
    # In place and of one length: a few bytes of one sector, so neither torn nor in need of space.
    os.pwrite(descriptor, b"%0*d %0*d\n" % (_DIGITS, noted.commits, _DIGITS, noted.lost), 0)
    os.fdatasync(descriptor)


def _path(database: Path) -> Path:
    return database.with_name(database.name + ".commits")
