"""How fast mails may leave: a token bucket for the relay, and one for each recipient's domain."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Pace:
    """At most so many mails a second, with one second's worth at once after a rest."""

    def __init__(
        self,
        mails_per_second: float,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = mails_per_second
        self._most = max(1.0, mails_per_second)
        self._now = now
        self._sleep = sleep
        self._tokens = self._most
        self._filled = now()

    def wait(self) -> None:
        """Return when the next mail may leave."""
        self._fill()
        if self._tokens < 1:
            self._sleep((1 - self._tokens) / self._rate)
            self._fill()
        self._tokens -= 1

    def _fill(self) -> None:
        now = self._now()
        self._tokens = min(self._most, self._tokens + (now - self._filled) * self._rate)
        self._filled = now


class DomainPace:
    """No faster than the relay takes mails, and no faster than each of the recipients' mail servers."""

    def __init__(self, relay: Pace, *, each: Callable[[], Pace]) -> None:
        self._relay = relay
        self._each = each
        self._domains: dict[str, Pace] = {}

    def wait(self, domain: str) -> None:
        """Return when the next mail to that domain may leave."""
        name = domain.casefold()
        if name not in self._domains:
            self._domains[name] = self._each()
        self._domains[name].wait()
        self._relay.wait()
