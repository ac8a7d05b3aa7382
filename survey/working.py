"""Use case: everything that falls due by itself: mails, counts, deletions, and a look at the urns.

Each is found from dates in tables, so a worker that was killed misses nothing. One that fails keeps no other from its
turn.
"""

from __future__ import annotations

import time
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from survey.bouncing import fetch_bounces, tell_of_failures
from survey.closing import note_closings
from survey.collecting import delete_old_drafts
from survey.counting import count_edition, due_counts, somebody_counts
from survey.earlier.holding import delete_expired_surveys
from survey.errors import NachklangError, problem
from survey.holding_lists import delete_expired_lists
from survey.keeping.retention import delete_expired
from survey.notifying import delete_old_staff_mails, notify_organisers, send_staff_mails
from survey.ordering import do_ordered_backup, do_ordered_counts
from survey.preparing import list_editions
from survey.proving import forget_old_attempts
from survey.reporting.publish import publish_first_version, unpublished
from survey.sending import forget_recent_mails, send_mails, start_due_mails
from survey.urn_watch import check_urns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Event

    from survey.errors import Problem
    from survey.installation import Installation

    Trouble = NachklangError | Problem
    Task = Callable[[Installation, Callable[[Trouble], None]], None]

SECONDS_BETWEEN_STAFF_MAILS = 3.0
SECONDS_BETWEEN_MAILS = 10.0
SECONDS_BETWEEN_ORDERS = 3.0
SECONDS_BETWEEN_NOTICES = 60.0
SECONDS_BETWEEN_COUNTS = 600.0
SECONDS_BETWEEN_BOUNCES = 180.0
SECONDS_BETWEEN_LOOKS = 3600.0


def work_once(inst: Installation, *, tell: Callable[[Trouble], None]) -> None:
    """Everything that is due now is done; `tell` hears what went wrong."""
    for task in (*_SOON, *_TASKS):
        _attempt(task, inst, tell)


def work_until(stop: Event, inst: Installation, *, tell: Callable[[Trouble], None]) -> None:
    """Everything is done soon after it falls due, until `stop` is set."""
    # Somebody waits for a link to sign in: ten thousand invitations must not stand before it.
    postman = _Postman(stop, inst, tell)
    postman.start()
    # Ten thousand mails may take half an hour: whoever ends the service does not wait for them.
    sending = partial(send, is_over=stop.is_set)
    tasks = {sending if task is send else task: pause for task, pause in _TASKS.items()}
    try:
        _take_turns(stop, inst, tell, tasks=tasks)
    finally:
        if postman.failure is None:
            postman.join(_SECONDS_TO_FINISH)
    if postman.failure is not None:
        raise postman.failure


class _Postman(Thread):
    """Does what somebody waits for; if it fails, everything stops."""

    def __init__(self, stop: Event, inst: Installation, tell: Callable[[Trouble], None]) -> None:
        super().__init__(name="postman", daemon=True)
        self._stop_event = stop
        self._inst = inst
        self._tell = tell
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Take turns until told to stop."""
        try:
            _take_turns(self._stop_event, self._inst, self._tell, tasks=_SOON)
        except BaseException as error:  # noqa: BLE001 -- told by the thread that started this one
            self.failure = error
            self._stop_event.set()


def _take_turns(
    stop: Event,
    inst: Installation,
    tell: Callable[[Trouble], None],
    *,
    tasks: Mapping[Task, float],
) -> None:
    due = dict.fromkeys(tasks, 0.0)
    while not stop.is_set():
        for task, pause in tasks.items():
            if time.monotonic() >= due[task] and not stop.is_set():
                _attempt(task, inst, tell)
                due[task] = time.monotonic() + pause
        stop.wait(max(0.0, min(due.values()) - time.monotonic()))


def close(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Deadlines that have passed are noted."""
    del tell
    note_closings(inst)


def start_mails(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Mails of schedules whose moment has come are queued; what holds one back is told once."""
    for trouble in start_due_mails(inst):
        tell(trouble)


def send(
    inst: Installation,
    tell: Callable[[Trouble], None],
    *,
    is_over: Callable[[], bool] = lambda: False,
) -> None:
    """Mails that are due leave until it `is_over`; trouble with the relay is told, how many left is not."""
    report = send_mails(inst, progress=lambda _done, _of: None, is_over=is_over)
    if report.trouble:
        tell(problem("Der Mailserver ist nicht erreichbar (%(why)s).", why=report.trouble))
    if report.failed:
        tell_of_failures(inst)
    for paused in report.paused:
        tell(
            problem(
                "Der Versand von „%(name)s“ hat sich angehalten, weil der Mailserver zu viel ablehnt.",
                name=paused.edition,
            )
        )


def read_returned_mails(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Mails that came back are read, and marked as failed."""
    del tell
    fetch_bounces(inst)


def send_to_colleagues(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Mails to people who work with the service leave."""
    trouble = send_staff_mails(inst)
    if trouble:
        tell(problem("Der Mailserver ist nicht erreichbar (%(why)s).", why=trouble))


def notify(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Organisers learn by mail what happened without them."""
    del tell
    notify_organisers(inst)


def count(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Editions that nobody counted by hand are counted, and interrupted counts finished."""
    for name in () if somebody_counts(inst) else due_counts(inst):
        try:
            count_edition(inst, name, by_hand=False, progress=lambda _step: None)
        except NachklangError as error:
            tell(error)
    publish_counted(inst, tell)


def publish_counted(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Of every counted edition the first version of its report is on record."""
    for record in unpublished(inst, list_editions(inst)):
        try:
            publish_first_version(inst, record.name)
        except NachklangError as error:
            tell(error)


def count_as_ordered(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Editions that somebody wants counted now are counted now."""
    for trouble in do_ordered_counts(inst):
        tell(trouble)


def back_up_as_ordered(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """The backup that somebody wants now is made now."""
    trouble = do_ordered_backup(inst)
    if trouble is not None:
        tell(trouble)


def delete(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """What has been kept long enough goes, and drafts with the end of their edition."""
    del tell
    delete_old_drafts(inst)
    delete_expired_lists(inst)
    delete_expired_surveys(inst)
    delete_expired(inst)
    delete_old_staff_mails(inst)
    forget_old_attempts(inst)
    forget_recent_mails(inst)


def look_at_urns(inst: Installation, tell: Callable[[Trouble], None]) -> None:
    """Lost keys and missing boxes are told."""
    for alarm in check_urns(inst):
        tell(alarm)


def _attempt(
    task: Task,
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


_SECONDS_TO_FINISH = 20
_SOON: dict[Task, float] = {send_to_colleagues: SECONDS_BETWEEN_STAFF_MAILS}
_TASKS: dict[Task, float] = {
    look_at_urns: SECONDS_BETWEEN_LOOKS,
    close: SECONDS_BETWEEN_MAILS,
    start_mails: SECONDS_BETWEEN_MAILS,
    send: SECONDS_BETWEEN_MAILS,
    count_as_ordered: SECONDS_BETWEEN_ORDERS,
    back_up_as_ordered: SECONDS_BETWEEN_ORDERS,
    count: SECONDS_BETWEEN_COUNTS,
    delete: SECONDS_BETWEEN_COUNTS,
    notify: SECONDS_BETWEEN_NOTICES,
    read_returned_mails: SECONDS_BETWEEN_BOUNCES,
}
