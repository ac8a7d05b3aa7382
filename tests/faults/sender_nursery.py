"""Senders in processes of their own, to be killed: ``python -m tests.faults.sender_nursery DIRECTORY PORT [how]``.

Has everything imported and forks: each line it reads is the time of a sender's clock, and each sender is told as
``pid N``, then as ``ended STATUS``. A hasty one writes down that a mail has left before it leaves, a forgetful one
notes nothing until the database hears of it.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from survey.mail.delivery import SmtpDelivery
from survey.mail.handed_over import HandedOver
from survey.mail.outbox import send_due
from survey.settings import Smtp
from survey.storage import outbox
from tests.faults.steps import in_child
from tests.people import StoppedClock, at_rest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.storage.connection import Connection
    from survey.storage.outbox import DueMail


def main(directory: Path, port: int) -> None:
    """A sender for each line, one after the other."""
    for line in sys.stdin:
        now = datetime.fromisoformat(line.strip())
        status = in_child(lambda now=now: _send(directory, port, now))  # type: ignore[misc]
        print(f"ended {status}", flush=True)  # noqa: T201 -- the answer


def _send(directory: Path, port: int, now: datetime) -> None:
    print(f"pid {os.getpid()}", flush=True)  # noqa: T201 -- the answer
    relay = Smtp("127.0.0.1", port, "none", "", "")
    inst = at_rest(directory, StoppedClock(now))
    inst = replace(inst, settings=replace(inst.settings, smtp=relay))
    send_due(inst, SmtpDelivery(relay), progress=lambda _done, _due: None)
    inst.database.close()


def _note_too_early() -> None:
    leased = outbox.lease

    def lease(connection: Connection, mails: Sequence[DueMail]) -> None:
        leased(connection, mails)
        connection.executemany(
            """
            UPDATE outbox SET state = 'handed_over'
            WHERE edition = :edition AND participant = :participant AND campaign = :campaign
            """,
            [mail.key for mail in mails],
        )

    outbox.lease = lease


def _note_nothing() -> None:
    HandedOver.note = lambda _self, _message_id: None  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    if "forgetful" in sys.argv[3:]:
        _note_nothing()
    if "hasty" in sys.argv[3:]:
        _note_too_early()
    main(Path(sys.argv[1]), int(sys.argv[2]))
