"""Who knocks too often, by network address: in memory only, never stored."""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict, deque
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request

MOST_MISSES = 30
WITHIN = timedelta(minutes=10)
MOST_PEERS = 5000
_WIDTH_OF_A_HOUSEHOLD = 64


class Peers:
    """Failed attempts of the last minutes by network address."""

    def __init__(self) -> None:
        self._misses: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def miss(self, peer: str, now: datetime) -> None:
        """An attempt from there failed."""
        if not peer:
            return
        with self._lock:
            found = self._misses.setdefault(peer, deque(maxlen=MOST_MISSES))
            found.append(now)
            self._misses.move_to_end(peer)
            while len(self._misses) > MOST_PEERS:
                self._misses.popitem(last=False)

    def seconds_to_wait(self, peer: str, now: datetime) -> int:
        """How long nothing from there is looked at; zero for most."""
        with self._lock:
            found = self._misses.get(peer)
            if found is None or len(found) < MOST_MISSES:
                return 0
            return max(0, -(-(found[0] + WITHIN - now) // timedelta(seconds=1)))


def peer_of(request: Request, *, proxies: frozenset[str]) -> str:
    """The network address that asks; empty where it says nothing, as behind a proxy the settings do not name."""
    host = request.client.host if request.client else ""
    if host in proxies:
        # The last entry is the proxy's own; whatever stands before it, anybody may have written.
        host = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    if address.version == 6:  # noqa: PLR2004 -- of the protocol
        return str(ipaddress.ip_network((address, _WIDTH_OF_A_HOUSEHOLD), strict=False))
    return str(address)
