"""Use case: everything that is due leaves through the door that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.mail.delivery import delivery_of
from survey.mail.outbox import SendingReport, send_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.installation import Installation

__all__ = ["SendingReport", "send_mails"]


def send_mails(inst: Installation, *, progress: Callable[[int, int], None]) -> SendingReport:
    """What became of every mail that was due; `progress` hears how many of how many are done."""
    return send_due(inst, delivery_of(inst.settings), progress=progress)
