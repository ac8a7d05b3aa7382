"""Use case: everything that is due leaves through the door that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.checking import require_send_off
from survey.errors import NachklangError, NotAllowed
from survey.inviting import invite, remind, tell_results, thank
from survey.mail.delivery import delivery_of
from survey.mail.fingerprints import recent_fingerprint
from survey.mail.outbox import SendingReport, send_due
from survey.mail_checking import require_mail_check
from survey.model.schedule import BETWEEN_MAILS, Act
from survey.notifying import tell_organisers
from survey.scheduling import schedule_of
from survey.storage import campaigns, editions, notices, participants, recent_mails, schedules
from survey.storage.connection import foreign_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from survey.errors import Problem
    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.model.schedule import Schedule
    from survey.storage.connection import Connection

__all__ = ["SendingReport", "send_mails"]

_RELAY_AWAY = "relay_away"
_RELAY = "relay"
_REMINDERS = (Act.REMINDER_1, Act.REMINDER_2)


def send_mails(
    inst: Installation,
    *,
    progress: Callable[[int, int], None],
    is_over: Callable[[], bool] = lambda: False,
) -> SendingReport:
    """What became of every mail that was due until it `is_over`; `progress` hears how many of how many are done."""
    report = send_due(inst, delivery_of(inst.settings), progress=progress, is_over=is_over)
    if not report.is_someone_else_sending:
        _note_relay(inst, is_away=bool(report.trouble))
    return report


def is_relay_away(inst: Installation) -> bool:
    """True if mails wait because the relay could not be reached when they were tried last."""
    with foreign_errors():
        return bool(notices.subjects(inst.database.read(), _RELAY_AWAY))


def start_due_mails(inst: Installation) -> tuple[NachklangError | Problem, ...]:
    """The mails of released schedules whose moment has come are queued; why some are held back, told once.

    What goes wrong with one edition keeps no other from its turn.

    What has been started is known from its campaign, which is written with the mails themselves: killed anywhere, the
    next turn neither leaves one out nor starts it twice.
    """
    with foreign_errors():
        connection = inst.database.read()
        records = [
            editions.find_by_id(connection, edition) for edition in schedules.released(connection)
        ]
    found: list[NachklangError | Problem] = []
    for record in records:
        if record is not None:
            try:
                found += _start(inst, record)
            except NachklangError as error:
                found.append(error)
    return tuple(found)


def send_invitations_now(inst: Installation, record: EditionRecord) -> int:
    """How many invitations are queued, now that a person sends them; the rest of the schedule follows by itself.

    NotAllowed unless the check before the first mail lets them go.
    """
    require_send_off(inst, record)
    require_mail_check(inst, record)
    queued = invite(inst, record.name)

    def work(connection: Connection) -> None:
        if schedules.plan(connection, record.id).released is None:
            schedules.release(connection, record.id, at=inst.clock())

    inst.database.write(work)
    return queued


def recently_mailed(inst: Installation, record: EditionRecord) -> int:
    """How many of the edition's addresses were invited to another survey of this service in the last seven days."""
    today = inst.clock().astimezone(inst.settings.zone).date()
    with foreign_errors():
        connection = inst.database.read()
        addresses = {p.address.casefold() for p in participants.of_edition(connection, record.id)}
        return recent_mails.count_elsewhere(
            connection,
            record.id,
            fingerprints=[recent_fingerprint(inst, address) for address in addresses],
            today=today,
        )


def forget_recent_mails(inst: Installation) -> None:
    """Who was invited more than seven days ago is not known any longer."""
    today = inst.clock().astimezone(inst.settings.zone).date()
    inst.database.write(lambda connection: recent_mails.delete_old(connection, today=today))


def _note_relay(inst: Installation, *, is_away: bool) -> None:
    # Looked at every few seconds: only what has changed is written.
    if is_away == is_relay_away(inst):
        return

    def work(connection: Connection) -> None:
        if is_away:
            notices.remember(connection, _RELAY_AWAY, subject=_RELAY, at=inst.clock())
        else:
            notices.forget(connection, _RELAY_AWAY, subject=_RELAY)

    inst.database.write(work)


def _start(inst: Installation, record: EditionRecord) -> list[Problem]:
    found: list[Problem] = []
    schedule = schedule_of(inst, record)
    for entry in schedule.entries:
        if not entry.is_to_come or entry.moment > inst.clock():
            continue
        if entry.act is Act.THANKS and not record.is_surely_closed:
            continue
        if entry.act in _REMINDERS and not _is_its_turn(inst, record, schedule, entry.act):
            continue
        try:
            _start_act(inst, record, entry.act)
        except NotAllowed as refusal:
            if _tell_held(inst, record, entry.act, refusal.why):
                found.append(refusal.why)
    return found


def _start_act(inst: Installation, record: EditionRecord, act: Act) -> None:
    match act:
        case Act.INVITATION:
            require_send_off(inst, record)
            require_mail_check(inst, record)
            invite(inst, record.name)
        case Act.REMINDER_1 | Act.REMINDER_2:
            remind(inst, record.name)
        case Act.THANKS:
            thank(inst, record.name)
        case Act.RESULTS:
            tell_results(inst, record.name)
        case Act.CLOSING | Act.COUNT | Act.DELETION:
            pass  # these have rules and clocks of their own


def _is_its_turn(inst: Installation, record: EditionRecord, schedule: Schedule, act: Act) -> bool:
    """False while the mail before it is still to come or too near: the reminder waits, and nothing is wrong."""
    if act is Act.REMINDER_2 and schedule.entry(Act.REMINDER_1).is_to_come:
        return False
    if schedule.entry(Act.INVITATION).is_to_come:
        return False
    with foreign_errors():
        started = campaigns.of_edition(inst.database.read(), record.id)
    last = max((c.started for c in started.values()), default=None)
    return last is None or inst.clock() - last >= BETWEEN_MAILS


def _tell_held(inst: Installation, record: EditionRecord, act: Act, why: Problem) -> bool:
    """True if nobody was told yet that this mail is held back for that reason."""
    del why  # the page says it: a mail must not grow stale, nor hold figures
    return inst.database.write(
        lambda connection: tell_organisers(
            connection,
            record,
            event="mail_held",
            subject=f"{record.id}:{act.value}",
            at=inst.clock(),
        )
    )
