"""Installations in all states, backed up, restored on another machine, and compared row by row.

Some are open, some counted; people are deleted and answer after the backup; where the count comes after it, the old
backup must not open the edition again.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from survey.collecting import keep_draft, submit
from survey.counting import count_edition
from survey.errors import BackupRefused
from survey.keeping.backup import DATABASE, make_backup, prove_backup
from survey.keeping.restore import restore_backup
from survey.registering import delete
from survey.storage import participants, upkeep
from survey.storage.connection import open_connection
from survey.urn_watch import check_urns
from tests.counting.ballots import COUNT_TIME, a_response, be_silent, people_answer
from tests.events import congress
from tests.faults.leavings import rows_left
from tests.faults.trial import Outcome
from tests.people import (
    StoppedClock,
    at_rest,
    make_installation,
    open_edition,
    settings_below,
    store_edition,
)

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.faults.trial import Trial
    from tests.people import Invited

CHANGED_BY_RESTORING = frozenset({"deed", "look", *upkeep.PASSING})


def run(trial: Trial, *, broken: str = "") -> Outcome:
    """What a restored backup lacks or brings back, of so many installations.

    ``damaged``: a row of each backup is changed, which no proof may overlook.
    """
    lost = counted = deleted = 0
    for number in range(trial.times):
        found = _drill(trial.folder / str(number), trial.chance, number, broken=broken)
        lost, counted, deleted = lost + found[0], counted + found[1], deleted + found[2]
    return Outcome(
        trial.times,
        "installations backed up and restored elsewhere",
        lost,
        f"{counted} counted after the backup, {deleted} people deleted after it",
    )


def _drill(folder: Path, chance: Random, number: int, *, broken: str) -> tuple[int, int, int]:
    """Faults; 1 if the edition was counted after the backup; people deleted after it."""
    clock = StoppedClock()
    inst = make_installation(folder / "here", clock)
    record = open_edition(inst, store_edition(inst, congress()))
    answers = chance.randrange(5, 14)
    invited = people_answer(inst, record, answers, silent=chance.randrange(1, 5))
    for person in chance.sample(invited, 2):
        keep_draft(inst, person.token, {"change": (str(chance.random()),)})
    if number % 4 == 3:
        _count(inst, record, clock)
    backup = make_backup(inst)
    if broken:
        _change_a_row(backup / DATABASE)
    faults = 1 - _is_proven(inst, backup)
    inst.database.close()
    before = rows_left(inst.settings.database)
    restored = _restored(inst, backup, folder / "there", clock)
    if restored is None:
        return faults + 1, 0, 0
    faults += _differences(before, rows_left(restored.settings.database)) + len(
        check_urns(restored)
    )
    restored.database.close()
    if number % 4 == 3:
        return faults, 0, 0
    doomed = chance.sample(invited, 2)
    for one in doomed:
        delete(inst, record.name, one.id)
    faults += _brings_back(inst, record, backup, folder / "after-deletions", doomed)
    submit(inst, next(one for one in invited if one not in doomed).token, a_response(1))
    if number % 2:
        return faults, 0, len(doomed)
    _count(inst, record, clock)
    return faults + _opens_again(inst, backup), 1, len(doomed)


def _count(inst: Installation, record: EditionRecord, clock: StoppedClock) -> None:
    clock.set(COUNT_TIME)
    count_edition(inst, record.name, by_hand=True, progress=be_silent)
    clock.pass_by(timedelta(hours=1))


def _restored(
    inst: Installation, backup: Path, there: Path, clock: StoppedClock
) -> Installation | None:
    """The service on another machine, which has the secret, the backup and the copies of the keys; None if refused."""
    settings = settings_below(there)
    shutil.copytree(inst.settings.secret_directory, settings.secret_directory)
    backups = inst.settings.backup_directory
    shutil.copytree(backups, settings.backup_directory)
    shutil.copytree(
        backups.with_name(f"{backups.name}-keys"),
        settings.backup_directory.with_name(f"{backups.name}-keys"),
    )
    try:
        restore_backup(settings.backup_directory / backup.name, settings, now=clock())
    except BackupRefused:
        return None
    return at_rest(there, clock)


def _differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> int:
    return sum(
        len(set(rows) ^ set(after[table]))
        for table, rows in before.items()
        if table not in CHANGED_BY_RESTORING
    )


def _brings_back(
    inst: Installation, record: EditionRecord, backup: Path, there: Path, doomed: list[Invited]
) -> int:
    """How many of those who were deleted since are there again after the backup was restored here."""
    inst.database.close()
    shutil.copytree(inst.settings.data.parent, there)
    settings = settings_below(there)
    restore_backup(settings.backup_directory / backup.name, settings, now=inst.clock())
    again = at_rest(there, StoppedClock(inst.clock()))
    found = sum(
        participants.find(again.database.read(), record.id, one.id) is not None for one in doomed
    )
    again.database.close()
    return found + any(
        one.participant.address in row
        for one in doomed
        for row in rows_left(settings.database)["participant"]
    )


def _opens_again(inst: Installation, backup: Path) -> int:
    """1 if a backup from before the count is taken, or the refusal does not say what to take instead."""
    inst.database.close()
    before = rows_left(inst.settings.database)
    try:
        restore_backup(backup, inst.settings, now=inst.clock())
    except BackupRefused as refusal:
        says = "älter als die Auszählung" in refusal.why.key
        return int(not says or rows_left(inst.settings.database) != before)
    return 1


def _is_proven(inst: Installation, backup: Path) -> bool:
    try:
        prove_backup(inst, backup)
    except BackupRefused:
        return False
    return True


def _change_a_row(database: Path) -> None:
    with closing(open_connection(database)) as connection:
        connection.execute("UPDATE participant SET name = 'Jemand anderes' WHERE has_answered = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
