"""Use case: what happens when around an edition, read and changed until it happens."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.errors import NotAllowed, problem
from survey.keeping.retention import people_expire
from survey.model.event import COUNT_BY_CLOCK, GRACE, EditionState
from survey.model.invitation import Campaign
from survey.model.schedule import (
    BETWEEN_MAILS,
    LAST_HOUR,
    LONGEST_RETENTION,
    Act,
    EntryState,
    Schedule,
    ScheduleEntry,
    usual_moments,
)
from survey.preparing import change_edition, extend_deadline, find_edition
from survey.storage import campaigns, notices, schedules
from survey.storage.connection import foreign_errors
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.campaigns import StartedCampaign
    from survey.storage.connection import Connection

CAMPAIGN_OF = {
    Act.INVITATION: Campaign.INVITATION,
    Act.REMINDER_1: Campaign.REMINDER_1,
    Act.REMINDER_2: Campaign.REMINDER_2,
    Act.THANKS: Campaign.THANKS,
    Act.RESULTS: Campaign.RESULTS,
}
_ORDER = tuple(Act)
_REMINDERS = (Act.REMINDER_1, Act.REMINDER_2)


def schedule_of(inst: Installation, record: EditionRecord) -> Schedule:
    """Every act of the edition with its moment: what has happened, what comes next, what is switched off."""
    with foreign_errors():
        connection = inst.database.read()
        chosen = schedules.chosen(connection, record.id)
        started = campaigns.of_edition(connection, record.id)
        plan = schedules.plan(connection, record.id)
    now = inst.clock()
    entries = sorted(
        _entries(inst, record, chosen, started, now),
        key=lambda entry: (entry.moment, _ORDER.index(entry.act)),
    )
    upcoming = next((e for e in entries if e.is_to_come), None)
    return Schedule(
        tuple(replace(e, state=EntryState.NEXT) if e is upcoming else e for e in entries),
        plan.released is not None,
    )


def change_due(
    inst: Installation, record: EditionRecord, *, act: Act, moment: datetime
) -> EditionRecord:
    """The act happens at that moment; NotAllowed, saying why, if the rules or its past forbid it.

    A results mail may move the deletion of the addresses later, as long as nobody was told an earlier day.
    """
    schedule = schedule_of(inst, record)
    now = inst.clock()
    require_changeable(schedule.entry(act))
    if moment <= now:
        raise NotAllowed(problem("Dieser Zeitpunkt liegt in der Vergangenheit.", place="day"))
    match act:
        case Act.CLOSING:
            return extend_deadline(inst, record.name, moment)
        case Act.DELETION:
            return _keep_addresses_until(inst, record, schedule, moment)
        case Act.RESULTS:
            record = _with_addresses_for_results(inst, record, schedule, moment)
            schedule = schedule_of(inst, record)
    _require_order(schedule, act, moment, inst)

    def work(connection: Connection) -> None:
        schedules.choose(connection, record.id, act=act, due=moment)
        notices.forget(connection, "mail_held", subject=f"{record.id}:{act.value}")
        write_deed(
            connection,
            "schedule changed",
            at=now,
            edition=record.id,
            facts={"act": act.value, "due": moment.isoformat()},
        )

    inst.database.write(work)
    return record


def switch_off(inst: Installation, record: EditionRecord, act: Act) -> None:
    """The mail does not leave by itself; without the first reminder there is no second."""
    if act not in CAMPAIGN_OF:
        raise NotAllowed(problem("Das lässt sich nicht ausschalten."))
    require_changeable(schedule_of(inst, record).entry(act))
    acts = _REMINDERS if act is Act.REMINDER_1 else (act,)

    def work(connection: Connection) -> None:
        for one in acts:
            schedules.choose(connection, record.id, act=one, due=None)
        write_deed(
            connection,
            "schedule changed",
            at=inst.clock(),
            edition=record.id,
            facts={"act": act.value, "due": "off"},
        )

    inst.database.write(work)


def release(inst: Installation, record: EditionRecord) -> None:
    """From now on the mails of the schedule leave by themselves."""

    def work(connection: Connection) -> None:
        schedules.release(connection, record.id, at=inst.clock())
        write_deed(connection, "schedule released", at=inst.clock(), edition=record.id)

    inst.database.write(work)


def withdraw(inst: Installation, record: EditionRecord) -> None:
    """From now on no mail of the schedule leaves by itself."""

    def work(connection: Connection) -> None:
        schedules.withdraw(connection, record.id)
        write_deed(connection, "schedule withdrawn", at=inst.clock(), edition=record.id)

    inst.database.write(work)


def require_changeable(entry: ScheduleEntry) -> None:
    """NotAllowed if the act has happened, or follows only from others."""
    if entry.state is EntryState.DONE:
        raise NotAllowed(problem("Das ist schon geschehen und lässt sich nicht mehr ändern."))
    if not entry.may_change:
        raise NotAllowed(problem("Das lässt sich hier nicht ändern."))


def _entries(
    inst: Installation,
    record: EditionRecord,
    chosen: Mapping[Act, datetime | None],
    started: Mapping[Campaign, StartedCampaign],
    now: datetime,
) -> list[ScheduleEntry]:
    closes = record.closes or record.edition.deadline
    state = record.state(now)
    invited = started.get(Campaign.INVITATION)
    usual = usual_moments(
        record.edition,
        invited=invited.started if invited else record.opens,
        closes=closes,
        chosen=chosen,
        now=now,
        zone=inst.settings.zone,
    )
    over = {EditionState.CLOSED, EditionState.COUNTED}
    found = [
        _fixed(Act.CLOSING, closes, done=state in over, may_change=state not in over),
        _fixed(
            Act.COUNT,
            record.counted or closes + COUNT_BY_CLOCK,
            done=record.counted is not None,
            may_change=False,
        ),
        _fixed(
            Act.DELETION,
            record.addresses_deleted or people_expire(record),
            done=record.addresses_deleted is not None,
            may_change=record.addresses_deleted is None,
        ),
    ]
    for act, campaign in CAMPAIGN_OF.items():
        sent = started.get(campaign)
        moment = chosen.get(act) or usual.get(act, closes)
        if sent is not None:
            state_of_mail, moment = EntryState.DONE, sent.started
        elif act is Act.INVITATION and record.opens is not None:
            state_of_mail, moment = EntryState.DONE, record.opens
        elif _is_over(act, record, state, closes=closes, now=now):
            state_of_mail = EntryState.MISSED
        elif not chosen.get(act, act in usual and act is not Act.RESULTS):
            state_of_mail = EntryState.OFF
        else:
            state_of_mail = EntryState.LATER
        if act is Act.THANKS and sent is None:
            moment = max(moment, closes)  # the deadline may have been extended since
        may_change = state_of_mail in {EntryState.LATER, EntryState.OFF}
        found.append(ScheduleEntry(act, moment, state_of_mail, may_change, act not in chosen))
    return found


def _fixed(act: Act, moment: datetime, *, done: bool, may_change: bool) -> ScheduleEntry:
    state = EntryState.DONE if done else EntryState.LATER
    return ScheduleEntry(act, moment, state, may_change, is_usual=True)


def _is_over(
    act: Act, record: EditionRecord, state: EditionState, *, closes: datetime, now: datetime
) -> bool:
    if act is Act.INVITATION:
        return now >= closes
    if act in _REMINDERS:
        return state in {EditionState.CLOSED, EditionState.COUNTED} or now > closes - LAST_HOUR
    return record.addresses_deleted is not None


def _require_order(schedule: Schedule, act: Act, moment: datetime, inst: Installation) -> None:
    zone = inst.settings.zone
    closing = schedule.entry(Act.CLOSING).moment
    if act is Act.INVITATION and moment > closing - BETWEEN_MAILS:
        raise NotAllowed(
            problem(
                "Zwischen Einladung und Ende der Befragung (%(closing)s) liegen mindestens 48 Stunden.",
                place="day",
                closing=closing.astimezone(zone),
            )
        )
    if act in _REMINDERS:
        _require_reminder_fits(schedule, act, moment, inst)
    if act is Act.THANKS and moment < closing:
        raise NotAllowed(
            problem(
                "Danken können Sie erst, wenn die Befragung geschlossen ist: ab %(closing)s.",
                place="day",
                closing=closing.astimezone(zone),
            )
        )
    if act is Act.RESULTS and moment < closing + GRACE:
        raise NotAllowed(
            problem(
                "Ergebnisse gibt es erst nach der Auszählung, frühestens ab %(count)s.",
                place="day",
                count=(closing + GRACE).astimezone(zone),
            )
        )
    deletion = schedule.entry(Act.DELETION).moment
    if act in {Act.THANKS, Act.RESULTS} and moment >= deletion:
        raise _after_deletion(deletion.astimezone(zone))


def _require_reminder_fits(
    schedule: Schedule, act: Act, moment: datetime, inst: Installation
) -> None:
    closing = schedule.entry(Act.CLOSING).moment
    if moment > closing - LAST_HOUR:
        raise NotAllowed(
            problem(
                "Spätestens eine Stunde vor dem Ende (%(closing)s) wird erinnert.",
                place="day",
                closing=closing.astimezone(inst.settings.zone),
            )
        )
    first = schedule.entry(Act.REMINDER_1)
    if act is Act.REMINDER_2 and first.state in {EntryState.OFF, EntryState.MISSED}:
        raise NotAllowed(problem("Schalten Sie zuerst die erste Erinnerung ein."))
    invitation = schedule.entry(Act.INVITATION)
    others = [max(invitation.moment, inst.clock()) if invitation.is_to_come else invitation.moment]
    others += [
        e.moment
        for e in (first, schedule.entry(Act.REMINDER_2))
        if e.act is not act and (e.is_to_come or e.state is EntryState.DONE)
    ]
    earlier_too_near = any(abs(moment - other) < BETWEEN_MAILS for other in others)
    second = schedule.entry(Act.REMINDER_2)
    is_after_second = act is Act.REMINDER_1 and second.is_to_come and moment > second.moment
    is_before_first = act is Act.REMINDER_2 and moment < first.moment
    if earlier_too_near or is_after_second or is_before_first or moment < others[0]:
        raise NotAllowed(
            problem(
                "Zwischen zwei Mails liegen mindestens 48 Stunden: erst die Einladung, dann die Erinnerungen.",
                place="day",
            )
        )


def _keep_addresses_until(
    inst: Installation, record: EditionRecord, schedule: Schedule, moment: datetime
) -> EditionRecord:
    closing = schedule.entry(Act.CLOSING).moment
    days = (
        moment.astimezone(inst.settings.zone).date() - closing.astimezone(inst.settings.zone).date()
    ).days
    if not 1 <= days <= LONGEST_RETENTION:
        raise NotAllowed(
            problem(
                "Die Adressen bleiben mindestens einen und höchstens %(days)d Tage nach dem Ende.",
                place="day",
                days=LONGEST_RETENTION,
            )
        )
    until = closing + timedelta(days=days)
    for act in (Act.THANKS, Act.RESULTS):
        mail = schedule.entry(act)
        if mail.is_to_come and mail.moment >= until:
            raise NotAllowed(
                problem(
                    "Dann wären die Adressen vor einer geplanten Mail (%(mail)s) gelöscht.",
                    place="day",
                    mail=mail.moment.astimezone(inst.settings.zone),
                )
            )
    return _with_retention(inst, record, days, schedule.entry(Act.DELETION))


def _with_addresses_for_results(
    inst: Installation, record: EditionRecord, schedule: Schedule, moment: datetime
) -> EditionRecord:
    deletion = schedule.entry(Act.DELETION)
    if moment < deletion.moment:
        return record
    days = math.floor((moment - schedule.entry(Act.CLOSING).moment) / timedelta(days=1)) + 1
    if days > LONGEST_RETENTION:
        raise _after_deletion(
            schedule.entry(Act.CLOSING).moment.astimezone(inst.settings.zone)
            + timedelta(days=LONGEST_RETENTION)
        )
    return _with_retention(inst, record, days, deletion)


def _with_retention(
    inst: Installation, record: EditionRecord, days: int, deletion: ScheduleEntry
) -> EditionRecord:
    if record.opens is not None and days > record.edition.retention_days:
        # The privacy notice told everybody the day.
        raise _after_deletion(deletion.moment.astimezone(inst.settings.zone))
    if days != record.edition.retention_days:
        change_edition(inst, record.name, replace(record.edition, retention_days=days))
    return find_edition(inst, record.name)


def _after_deletion(deletion: datetime) -> NotAllowed:
    return NotAllowed(
        problem(
            "Die Adressen werden am %(deletion)s gelöscht. Danach erreicht keine Mail mehr jemanden.",
            place="day",
            deletion=deletion,
        )
    )
