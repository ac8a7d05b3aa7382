"""Results that the database does not know yet: gathered while nothing depends on them, and never for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.mail.settling import settle
from survey.model.invitation import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation
    from survey.mail.delivery import Delivery as Door
    from survey.mail.delivery import Outcome
    from survey.mail.handed_over import HandedOver
    from survey.mail.leasing import Leased
    from survey.mail.settling import Settled

LONGEST_UNSETTLED = 1.0
"""Seconds, after which no further mail leaves before the database knows of those that have left."""


class Unsettled:
    """The mails of a pass that were sent, until what became of them is written down."""

    def __init__(self, delivery: Door, noted: HandedOver, *, now: Callable[[], float]) -> None:
        self._delivery = delivery
        self._noted = noted
        self._now = now
        self._sent: list[tuple[Leased, Outcome]] = []
        self._since = 0.0
        self._may_wait = True

    def __bool__(self) -> bool:
        return bool(self._sent)

    def add(self, one: Leased, outcome: Outcome) -> None:
        """That became of a mail; if it left, no killed sender takes this along."""
        if not self._sent:
            self._since = self._now()
        self._sent.append((one, outcome))
        # A refusal or a rest decides about the mails behind it.
        self._may_wait = outcome.state is Delivery.HANDED_OVER and self._is_noted(one)

    def is_due(self) -> bool:
        """True if it must be written down before another mail leaves."""
        return bool(self._sent) and (
            not self._may_wait
            or len(self._sent) >= self._delivery.results_together
            or self._now() - self._since > LONGEST_UNSETTLED
        )

    def settle(self, inst: Installation) -> tuple[Settled, ...]:
        """What became of the mails is durable; RelayUnreachable if they have not left after all."""
        sent, self._sent = tuple(self._sent), []
        self._delivery.settle()
        settled = inst.database.write(lambda connection: settle(connection, inst, sent))
        self._noted.clear()
        return settled

    def _is_noted(self, one: Leased) -> bool:
        if self._delivery.leaves_when_sent:
            try:
                self._noted.note(one.mail.message_id)
            except OSError:
                return False  # then the database hears of it at once
        return True
