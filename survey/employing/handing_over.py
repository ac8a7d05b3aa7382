"""Use case: a successor takes over: what there is, what is under way, and where the keys and copies lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.keeping.backup import backups_in
from survey.keeping.doctor import glance
from survey.model.event import EditionState
from survey.model.workplace import MAIN_ORGANISATION
from survey.preparing import editions_of
from survey.scheduling import schedule_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from survey.installation import Installation
    from survey.keeping.diagnosis import Diagnosis
    from survey.model.event import EditionRecord


@dataclass(frozen=True, slots=True)
class Places:
    """Where on the machine what lies; only for the organisation that runs it."""

    data: Path
    secrets: Path
    backups: Path
    last_backup: datetime | None
    troubles: tuple[Diagnosis, ...]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An edition that is not over yet."""

    record: EditionRecord
    is_released: bool
    """False if somebody still has to let its mails leave by themselves."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a successor needs to know."""

    editions: tuple[tuple[EditionRecord, EditionState], ...]
    under_way: tuple[UnderWay, ...]
    """Editions that are not over yet."""
    places: Places | None


def handover(inst: Installation, organisation: str) -> Handover:
    """The state of the organisation's work, now."""
    now = inst.clock()
    editions = tuple((record, record.state(now)) for record in editions_of(inst, organisation))
    under_way = tuple(
        UnderWay(record, schedule_of(inst, record).is_released)
        for record, state in editions
        if state is not EditionState.COUNTED
    )
    places = _places(inst) if organisation == MAIN_ORGANISATION else None
    return Handover(editions, under_way, places)


def _places(inst: Installation) -> Places:
    settings = inst.settings
    backups = backups_in(settings.backup_directory)
    return Places(
        settings.data,
        settings.secret_directory,
        settings.backup_directory,
        max((moment for moment, _ in backups), default=None),
        tuple(glance(inst)),
    )
