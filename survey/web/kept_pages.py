"""Pages that are alike for many people, drawn once and kept compressed."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page as bytes, plain and compressed."""

    plain: bytes
    packed: bytes


class KeptPages:
    """The pages used last, by what they show; safe to share between threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, key: Hashable, draw: Callable[[], str]) -> KeptPage:
        """The page kept under the key; drawn now if there is none."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        plain = draw().encode()
        # No time stamp, so that equal pages are equal bytes.
        page = KeptPage(plain, gzip.compress(plain, 9, mtime=0))
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return page

    def __len__(self) -> int:
        return len(self._pages)
