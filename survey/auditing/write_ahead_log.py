"""SQLite's write-ahead log as whoever has a copy of it reads it: frames, and the transactions they belong to.

https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = (0x377F0682, 0x377F0683)
_HEAD = 32
_FRAME_HEAD = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """One page as a transaction left it."""

    page: int
    """Counted from 1."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Transaction:
    """The pages that one commit wrote."""

    frames: tuple[Frame, ...]
    pages_in_file: int
    """After the commit."""


def generation(log: bytes) -> bytes:
    """What tells one filling of the log from the next: its salts; empty if there is none."""
    return log[16:24] if len(log) >= _HEAD else b""


def frames(log: bytes) -> Iterator[tuple[Frame, int]]:
    """Every frame, also left-over ones of an earlier filling, with the size it commits or 0."""
    if len(log) < _HEAD or int.from_bytes(log[:4], "big") not in _MAGIC:
        return
    size = int.from_bytes(log[8:12], "big")
    for at in range(_HEAD, len(log) - _FRAME_HEAD - size + 1, _FRAME_HEAD + size):
        page = int.from_bytes(log[at : at + 4], "big")
        commits = int.from_bytes(log[at + 4 : at + 8], "big")
        yield Frame(page, log[at + _FRAME_HEAD : at + _FRAME_HEAD + size]), commits


def transactions(log: bytes) -> Iterator[Transaction]:
    """The commits of the log's present filling, in their order."""
    salts = generation(log)
    size = int.from_bytes(log[8:12], "big") if salts else 0
    gathered: list[Frame] = []
    for number, (frame, commits) in enumerate(frames(log)):
        at = _HEAD + number * (_FRAME_HEAD + size)
        if log[at + 8 : at + 16] != salts:
            return  # from here on it is what an earlier filling left
        gathered.append(frame)
        if commits:
            yield Transaction(tuple(gathered), commits)
            gathered = []


def replay(database: bytes, log: bytes) -> Iterator[bytes]:
    """The database file as it was before the log's transactions, and after each of them."""
    content = bytearray(database)
    yield bytes(content)
    for transaction in transactions(log):
        _apply(transaction, content)
        yield bytes(content)


def after_log(database: bytes, log: bytes) -> bytes:
    """The database file as it is after all of the log's transactions."""
    content = bytearray(database)
    for transaction in transactions(log):
        _apply(transaction, content)
    return bytes(content)


def free_pages(database: bytes) -> int:
    """How many pages of the file hold nothing that is still in use."""
    return int.from_bytes(database[36:40], "big")


def _apply(transaction: Transaction, content: bytearray) -> None:
    for frame in transaction.frames:
        size = len(frame.content)
        start = (frame.page - 1) * size
        if len(content) < start + size:
            content.extend(bytes(start + size - len(content)))
        content[start : start + size] = frame.content
    size = len(transaction.frames[0].content)
    del content[transaction.pages_in_file * size :]
