"""The warm start of a campaign: a few mails first, then all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from survey.model.invitation import Campaign, Delivery
from survey.storage import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from survey.storage.connection import Connection
    from survey.storage.outbox import DueMail

WARM_START = 20
"""So many mails of a campaign leave first."""
WARM_ENOUGH = 10
"""If the relay took so many of them, all others follow."""
FIRST_WAIT = timedelta(minutes=5)
"""After the first try of a mail that was put off."""
_UNTRIED = frozenset({Delivery.QUEUED, Delivery.CANCELLED})


class WarmStart:
    """A few mails of a campaign leave first; the others follow when the relay has taken most of those."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._is_warm: dict[tuple[str, Campaign], bool] = {}
        self._counts: dict[str, dict[tuple[Campaign, Delivery], int]] = {}
        self._leaving: dict[tuple[str, Campaign], int] = {}
        self._held_back: set[tuple[str, Campaign]] = set()

    def lets_leave(self, mail: DueMail) -> bool:
        """Whether the mail may leave now; those tried before always may."""
        if mail.campaign is Campaign.LINK_REQUEST or mail.state is not Delivery.QUEUED:
            return True
        key = (mail.edition, mail.campaign)
        if key not in self._is_warm:
            self._is_warm[key] = outbox.has_handed_over(
                self._connection, mail.edition, campaign=mail.campaign, mails=WARM_ENOUGH
            )
        if self._is_warm[key]:
            return True
        if mail.edition not in self._counts:
            self._counts[mail.edition] = outbox.counts(self._connection, mail.edition)
        found = {
            state: n
            for (campaign, state), n in self._counts[mail.edition].items()
            if campaign is mail.campaign
        }
        tried = sum(n for state, n in found.items() if state not in _UNTRIED)
        if tried + self._leaving.get(key, 0) >= WARM_START:
            self._held_back.add(key)
            return False
        self._leaving[key] = self._leaving.get(key, 0) + 1
        return True

    def put_off_the_rest(self, leaving: set[tuple[str, Campaign]]) -> int:
        """How many campaigns wait until their first mails are tried again; none of which mails are just leaving."""
        waiting = self._held_back - leaving
        for edition, campaign in waiting:
            outbox.put_off_untried(
                self._connection, edition, campaign=campaign, until=self._now + FIRST_WAIT
            )
        return len(waiting)
