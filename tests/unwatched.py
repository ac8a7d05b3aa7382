"""Outside checkers work unwatched: coverage looks at our code only, and triples the time that theirs takes."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unwatched() -> Iterator[None]:
    """Whoever traces this thread, coverage or a debugger, does not trace what happens within."""
    watching = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(watching)
