"""How often one token may ask: a bucket of requests that fills again, in the memory of this process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MOST_AT_ONCE = 60
REFILL = timedelta(seconds=1)
"""One request more after this time."""
_MOST_HOLDERS = 1000


class Pace:
    """Full buckets and emptier ones, by who asks; safe to share between threads."""

    def __init__(self) -> None:
        self._free_from: OrderedDict[str, datetime] = OrderedDict()
        self._lock = threading.Lock()

    def seconds_to_wait(self, who: str, now: datetime) -> int:
        """Zero, and one request is taken from the bucket; else the whole seconds until there is one again."""
        with self._lock:
            full_at = max(self._free_from.get(who, now), now)
            over = full_at + REFILL - now - MOST_AT_ONCE * REFILL
            if over > timedelta():
                return -(-over // timedelta(seconds=1))
            self._free_from[who] = full_at + REFILL
            self._free_from.move_to_end(who)
            while len(self._free_from) > _MOST_HOLDERS:
                self._free_from.popitem(last=False)
            return 0
