"""Memory of a process that serves for months: what its threads no longer need goes back to the machine.

Only glibc is told, for it alone keeps so much: an arena for each thread, and in each what the largest page took.
"""

from __future__ import annotations

import ctypes
from functools import cache

ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""


def share_one_arena() -> None:
    """All threads take their memory from one place; to be said before there are any.

    Python's lock lets one of them run at a time anyway, so that they hardly ever wait for each other there.
    """
    library = _glibc()
    if library is not None:
        library.mallopt(ARENA_MAX, 1)


def give_back() -> None:
    """What is free in whole pages belongs to the machine again."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    """The C library this process runs on, if it is glibc."""
    library = ctypes.CDLL(None)
    return library if hasattr(library, "gnu_get_libc_version") else None
