"""The schedule of an edition: read as a timeline, released, withdrawn, and changed entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.sending_forms import MomentForm
from survey import checking, mail_checking, mail_standing, scheduling, sending
from survey.errors import NotAllowed
from survey.model.event import EditionState
from survey.model.schedule import MAILS, Act, EntryState
from survey.web.organiser.sending.words import ACT_NAMES, ACT_TEXTS, ACTS, named, word_for
from survey.web.workplace.desk import edition_address

if TYPE_CHECKING:
    from starlette.responses import Response

    from survey.errors import Problem
    from survey.model.event import EditionRecord
    from survey.model.schedule import Schedule, ScheduleEntry
    from survey.web.workplace.desk import Desk

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One act as the timeline shows it."""

    moment: str
    title: str
    text: str
    state: str
    address: str
    address_text: str


def show_plan(desk: Desk) -> Response:
    """The timeline, what waits for a person, and the ways to the mails."""
    record = desk.edition()
    schedule = scheduling.schedule_of(desk.inst, record)
    state = record.state(desk.inst.clock())
    return desk.draw(
        "workplace/sending/plan.html",
        edition=record,
        entries=[_shown(desk, record, schedule, entry) for entry in schedule.entries],
        schedule=schedule,
        waits=_what_waits(desk, record, schedule),
        is_planned=state is EditionState.PLANNED,
        is_open=state is EditionState.OPEN,
        is_closed=state in {EditionState.CLOSED, EditionState.COUNTED},
        has_addresses=record.addresses_deleted is None,
        campaigns=mail_standing.sending_status(desk.inst, record.name).campaigns,
        has_mails_to_come=any(e.act in MAILS and e.is_to_come for e in schedule.entries),
        here=edition_address(record, "versand"),
    )


def ask_release(desk: Desk) -> Response:
    """What releasing the schedule means."""
    record = desk.edition()
    return _draw_release(desk, record)


def release(desk: Desk) -> Response:
    """From now on the mails leave by themselves."""
    record = desk.edition()
    try:
        if record.opens is None:
            checking.require_send_off(desk.inst, record)
        mail_checking.require_mail_check(desk.inst, record)
    except NotAllowed as refused:
        return _draw_release(desk, record, refused.why, status=UNPROCESSABLE)
    scheduling.release(desk.inst, record)
    say = desk.words.gettext
    return desk.go(
        edition_address(record, "versand"),
        notice=say("Der Zeitplan gilt. Die Mails gehen zu ihrer Zeit von selbst hinaus."),
    )


def withdraw(desk: Desk) -> Response:
    """From now on no mail leaves by itself."""
    record = desk.edition()
    scheduling.withdraw(desk.inst, record)
    say = desk.words.gettext
    return desk.go(
        edition_address(record, "versand"),
        notice=say("Der Zeitplan ruht. Von selbst geht keine Mail mehr hinaus."),
    )


def ask_moment(desk: Desk) -> Response:
    """The form for one act's moment."""
    record = desk.edition()
    entry = _changeable(desk, record)
    moment = entry.moment.astimezone(desk.inst.settings.zone).replace(tzinfo=None)
    return _draw_moment(desk, record, entry, MomentForm(data={"moment": moment}))


def change_moment(desk: Desk) -> Response:
    """The act happens then, or not at all."""
    record = desk.edition()
    entry = _changeable(desk, record)
    form: MomentForm = MomentForm.typed(desk.fields)
    say = desk.words.gettext
    back = edition_address(record, "versand")
    if desk.own.get("action") == "off":
        scheduling.switch_off(desk.inst, record, entry.act)
        return desk.go(
            back, notice=say("Ausgeschaltet: %(act)s") % {"act": say(ACT_NAMES[entry.act])}
        )
    if not form.validate():
        return _draw_moment(desk, record, entry, form, status=UNPROCESSABLE)
    zone = desk.inst.settings.zone
    try:
        changed = scheduling.change_due(
            desk.inst, record, act=entry.act, moment=form.typed_moment(zone)
        )
    except NotAllowed as refused:
        form.moment.errors = [refused.why]
        return _draw_moment(desk, record, entry, form, status=UNPROCESSABLE)
    then = scheduling.schedule_of(desk.inst, changed).entry(entry.act).moment
    notice = say("%(act)s: %(moment)s") % {
        "act": say(ACT_NAMES[entry.act]),
        "moment": desk.words.moment(then, zone),
    }
    if changed.edition.retention_days > record.edition.retention_days:
        notice += " " + say(
            "Die Adressen bleiben dafür länger: %(days)d Tage nach dem Ende. So steht es auch im Datenschutzhinweis."
        ) % {"days": changed.edition.retention_days}
    return desk.go(back, notice=notice)


def _shown(
    desk: Desk, record: EditionRecord, schedule: Schedule, entry: ScheduleEntry
) -> TimelineEntry:
    say, now = desk.words.gettext, desk.inst.clock()
    moment = desk.words.moment(entry.moment, desk.inst.settings.zone)
    text = say(ACT_TEXTS[entry.act])
    is_late = entry.act in MAILS and entry.is_to_come and entry.moment <= now
    if entry.state is EntryState.OFF:
        moment, text = say("ausgeschaltet"), say("Geht nicht hinaus.")
    elif entry.state is EntryState.MISSED:
        moment, text = say("versäumt"), say("Dafür ist es zu spät.")
    elif is_late:
        moment = say("gleich") if schedule.is_released else say("gleich nach der Freigabe")
    elif entry.act in MAILS and entry.is_to_come and not schedule.is_released:
        moment = say("%(moment)s (Vorschlag)") % {"moment": moment}
    elif entry.state is EntryState.DONE:
        moment = say("erledigt: %(moment)s") % {"moment": moment}
    if entry.state is EntryState.NEXT:
        moment = say("als Nächstes: %(moment)s") % {"moment": moment}
    address = ""
    if entry.may_change and not (
        entry.act is Act.DELETION and record.addresses_deleted is not None
    ):
        address = edition_address(record, "versand", "termin", word_for(ACTS, entry.act))
    is_off = entry.state is EntryState.OFF
    return TimelineEntry(
        moment,
        say(ACT_NAMES[entry.act]),
        text,
        entry.state.value,
        address,
        (say("%(act)s einschalten") if is_off else say("%(act)s ändern"))
        % {"act": say(ACT_NAMES[entry.act])},
    )


def _what_waits(desk: Desk, record: EditionRecord, schedule: Schedule) -> Problem | None:
    """Why the invitation would be held back now."""
    if record.opens is not None or not schedule.entry(Act.INVITATION).is_to_come:
        return None
    try:
        checking.require_send_off(desk.inst, record)
        mail_checking.require_mail_check(desk.inst, record)
    except NotAllowed as refused:
        return refused.why
    return None


def _changeable(desk: Desk, record: EditionRecord) -> ScheduleEntry:
    entry = scheduling.schedule_of(desk.inst, record).entry(named(ACTS, desk.part("act")))
    scheduling.require_changeable(entry)
    return entry


def _draw_moment(
    desk: Desk, record: EditionRecord, entry: ScheduleEntry, form: MomentForm, *, status: int = 200
) -> Response:
    return desk.draw(
        "workplace/sending/moment.html",
        status=status,
        edition=record,
        entry=entry,
        name=desk.words.gettext(ACT_NAMES[entry.act]),
        text=desk.words.gettext(ACT_TEXTS[entry.act]),
        form=form,
        is_on=entry.is_to_come,
        is_mail=entry.act in MAILS,
        is_results=entry.act is Act.RESULTS,
        is_first_reminder=entry.act is Act.REMINDER_1,
        has_opened=record.opens is not None,
        deletion=scheduling.schedule_of(desk.inst, record).entry(Act.DELETION).moment,
        back=edition_address(record, "versand"),
    )


def _draw_release(
    desk: Desk, record: EditionRecord, refused: Problem | None = None, *, status: int = 200
) -> Response:
    schedule = scheduling.schedule_of(desk.inst, record)
    mails = [e for e in schedule.entries if e.act in MAILS and e.is_to_come]
    say = desk.words.gettext
    return desk.draw(
        "workplace/sending/release.html",
        status=status,
        edition=record,
        refused=refused,
        recently=sending.recently_mailed(desk.inst, record)
        if schedule.entry(Act.INVITATION).is_to_come
        else 0,
        sentences=[
            say("%(act)s: gleich") % {"act": say(ACT_NAMES[e.act])}
            if e.moment <= desk.inst.clock()
            else say("%(act)s: %(moment)s")
            % {
                "act": say(ACT_NAMES[e.act]),
                "moment": desk.words.moment(e.moment, desk.inst.settings.zone),
            }
            for e in mails
        ],
        check=edition_address(record, "pruefung"),
        back=edition_address(record, "versand"),
    )
