"""Use case: what needs an organisation today: where its editions stand, what comes next, what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from survey.correcting import undeliverable
from survey.errors import Problem, problem
from survey.keeping.doctor import glance
from survey.keeping.key_copies import not_copied
from survey.mail_standing import sending_status
from survey.model.event import EditionState
from survey.model.invitation import Delivery
from survey.model.schedule import MAILS, Act
from survey.model.workplace import MAIN_ORGANISATION
from survey.preparing import editions_of
from survey.reporting.standing import standing
from survey.scheduling import schedule_of
from survey.sending import is_relay_away

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.reporting.standing import Standing

SHOWN_AFTER_COUNT = 6
"""So many counted editions stand on the start page; the list of editions has all."""
SHOWN_TO_COME = 5
"""So many dates stand on the start page; each edition's schedule has all of its own."""

OVERDUE = timedelta(hours=1)
"""An invitation that should have left so long ago is in somebody's way."""


@dataclass(frozen=True, slots=True)
class EditionToday:
    """One edition and how far it has come."""

    record: EditionRecord
    state: EditionState
    standing: Standing
    days_left: int = 0
    """Whole days until an open edition closes."""

    @property
    def least_rate(self) -> int | None:
        """Percent of those registered who have answered at least, of the rounded number; None without any."""
        people = self.standing.registered
        return 100 * self.standing.responses // people if people else None


class Place(StrEnum):
    """Where something is mended."""

    SENDING = "sending"
    BOUNCES = "bounces"
    BACKUPS = "backups"
    NOWHERE = ""
    """Not in the browser."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the way, what to do about it, and where."""

    what: Problem
    cure: Problem
    edition: str = ""
    """Short name, where it is about one."""
    place: Place = Place.NOWHERE
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class ToCome:
    """A date of an edition's schedule that is still to come."""

    record: EditionRecord
    act: Act
    moment: datetime
    waits_for_release: bool
    """True for a mail that does not leave before somebody has released the schedule."""


@dataclass(frozen=True, slots=True)
class Today:
    """What needs an organisation today."""

    editions: tuple[EditionToday, ...]
    to_come: tuple[ToCome, ...]
    troubles: tuple[Trouble, ...]

    def in_state(self, state: EditionState) -> tuple[EditionToday, ...]:
        """The editions in that state: the next to close first, else the latest event first."""
        found = [edition for edition in self.editions if edition.state is state]
        if state is EditionState.OPEN:
            found.sort(key=lambda e: e.record.closes or e.record.edition.deadline)
        return tuple(found)


def today(inst: Installation, organisation: str) -> Today:
    """Where the organisation's editions stand, what comes next, and what is in the way."""
    now = inst.clock()
    records = editions_of(inst, organisation)
    counted = [r for r in records if r.state(now) is EditionState.COUNTED]
    shown = [r for r in records if r not in counted[SHOWN_AFTER_COUNT:]]
    editions = tuple(_edition(inst, record, now) for record in shown)
    return Today(
        editions,
        _to_come(inst, records, now),
        (
            *(t for e in editions for t in _of_invitation(inst, e, now)),
            *(t for e in editions for t in _of_sending(inst, e)),
            *_of_the_relay(inst),
            *_of_keys(inst, organisation),
            *_of_the_machine(inst, organisation),
        ),
    )


def _edition(inst: Installation, record: EditionRecord, now: datetime) -> EditionToday:
    state = record.state(now)
    days = (record.closes - now).days if record.closes and state is EditionState.OPEN else 0
    return EditionToday(record, state, standing(inst, record.name), days)


def _to_come(
    inst: Installation, records: Sequence[EditionRecord], now: datetime
) -> tuple[ToCome, ...]:
    found: list[ToCome] = []
    for record in records:
        if record.addresses_deleted is not None:
            continue
        schedule = schedule_of(inst, record)
        found += [
            ToCome(record, e.act, e.moment, e.act in MAILS and not schedule.is_released)
            for e in schedule.entries
            if e.is_to_come and e.moment > now
        ]
    # Of two at one moment the same one always comes first.
    found.sort(key=lambda one: (one.moment, one.record.name))
    return tuple(found[:SHOWN_TO_COME])


def _of_invitation(inst: Installation, edition: EditionToday, now: datetime) -> list[Trouble]:
    if edition.state is not EditionState.PLANNED or not edition.standing.registered:
        return []
    invitation = schedule_of(inst, edition.record).entry(Act.INVITATION)
    if not invitation.is_to_come or now - invitation.moment < OVERDUE:
        return []
    return [
        Trouble(
            problem(
                "Die Einladung war für den %(moment)s vorgesehen und ist nicht hinausgegangen.",
                moment=invitation.moment.astimezone(inst.settings.zone),
            ),
            problem("Sehen Sie beim Versand nach, was noch fehlt."),
            edition.record.name,
            Place.SENDING,
            is_urgent=True,
        )
    ]


def _of_sending(inst: Installation, edition: EditionToday) -> list[Trouble]:
    if edition.record.addresses_deleted is not None:
        return []
    found: list[Trouble] = []
    campaigns = sending_status(inst, edition.record.name).campaigns
    if any(campaign.is_paused for campaign in campaigns):
        found.append(
            Trouble(
                problem("Der Versand ist angehalten."),
                problem("Sehen Sie nach, warum, und setzen Sie ihn fort."),
                edition.record.name,
                Place.SENDING,
                is_urgent=True,
            )
        )
    has_failed = any(campaign.counts.get(Delivery.FAILED) for campaign in campaigns)
    # As many as the page shows that this leads to: who is withdrawn is no trouble, a reminder nobody's business.
    failed = len(undeliverable(inst, edition.record.name)) if has_failed else 0
    if failed:
        found.append(
            Trouble(
                problem("%(n)d Mails konnten nicht zugestellt werden.", n=failed),
                problem("Prüfen Sie die Adressen, und senden Sie noch einmal."),
                edition.record.name,
                Place.BOUNCES,
            )
        )
    return found


def _of_the_relay(inst: Installation) -> list[Trouble]:
    if not is_relay_away(inst):
        return []
    return [
        Trouble(
            problem("Der Mailserver ist nicht erreichbar. Alle Mails warten."),
            problem(
                "Bitten Sie die IT, nach dem Mailserver zu sehen. Der Dienst versucht es von selbst weiter."
            ),
            is_urgent=True,
        )
    ]


def _of_keys(inst: Installation, organisation: str) -> list[Trouble]:
    return [
        Trouble(
            problem("Vom Schlüssel dieser Ausgabe gibt es keine Kopie."),
            problem(
                "Machen Sie eine Sicherung. Geht diese Platte kaputt, sind sonst alle Antworten weg."
            ),
            record.name,
            Place.BACKUPS,
            is_urgent=True,
        )
        for record in not_copied(inst)
        if record.owner == organisation
    ]


def _of_the_machine(inst: Installation, organisation: str) -> list[Trouble]:
    # What is said of the machine names its folders: that is for the organisation that runs it.
    if organisation != MAIN_ORGANISATION:
        return []
    return [
        Trouble(found.what, found.cure, place=Place.BACKUPS, is_urgent=found.is_urgent)
        for found in glance(inst)
    ]
