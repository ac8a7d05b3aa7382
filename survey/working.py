"""Use case: everything that falls due by itself: mails, counts, deletions, and a look at the urns.

Each is found from dates in tables, so a worker that was killed misses nothing. One that fails keeps no other from its
turn.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from survey.collecting import check_urns, delete_old_drafts
from survey.counting import count_edition, due_counts
from survey.errors import NachklangError, problem
from survey.keeping.retention import delete_expired
from survey.sending import send_mails

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from survey.errors import Problem
    from survey.installation import Installation

    Trouble = NachklangError | Problem

SECONDS_BETWEEN_MAILS = 10.0
SECONDS_BETWEEN_COUNTS = 600.0
SECONDS_BETWEEN_LOOKS = 3600.0


def work_once(inst: Installation, *, tell: Callable[[Trouble], None]) -> None:
    """Everything that is due now is done; `tell` hears what went wrong."""
    for task in _TASKS:
        _attempt(task, inst, tell)


def work_until(stop: Event, inst: Installation, *, tell: Callable[[Trouble], None]) -> None:
    """Everything is done soon after it falls due, until `stop` is set."""
    due = dict.fromkeys(_TASKS, 0.0)
    while not stop.is_set():
        for task, pause in _TASKS.items():
            if time.monotonic() >= due[task] and not stop.is_set():
                _attempt(task, inst, tell)
                due[task] = time.monotonic() + pause
        stop.wait(max(0.0, min(due.values()) - time.monotonic()))


def send(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Mails that are due leave; trouble with the relay is told, how many left is not."""
    report = send_mails(inst, progress=lambda _done, _of: None)
    if report.trouble:
        tell(problem("Der Mailserver ist nicht erreichbar (%(why)s).", why=report.trouble))
    for paused in report.paused:
        tell(
            problem(
                "Der Versand von „%(name)s“ hat sich angehalten, weil der Mailserver zu viel ablehnt.",
                name=paused.edition,
            )
        )


def count(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Editions that nobody counted by hand are counted, and interrupted counts finished."""
    for name in due_counts(inst):
        try:
            count_edition(inst, name, by_hand=False, progress=lambda _step: None)
        except NachklangError as error:
            tell(error)


def delete(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """What has been kept long enough goes, and drafts with the end of their edition."""
    del tell
    delete_old_drafts(inst)
    delete_expired(inst)


def look_at_urns(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Lost keys and missing boxes are told."""
    for alarm in check_urns(inst):
        tell(alarm)


def _attempt(
    task: Callable[[Installation, Callable[[Trouble], None]], None],
    inst: Installation,
    tell: Callable[[Trouble], None],
) -> None:
    try:
        task(inst, tell)
    except NachklangError as error:
        tell(error)
    except (
        OSError
    ) as error:  # a full disk, a backup folder that is away: the next turn may find it back
        tell(problem("Das ist am System gescheitert: %(why)s", why=str(error)))


_TASKS = {
    look_at_urns: SECONDS_BETWEEN_LOOKS,
    send: SECONDS_BETWEEN_MAILS,
    count: SECONDS_BETWEEN_COUNTS,
    delete: SECONDS_BETWEEN_COUNTS,
}
