"""Retention: what has been kept long enough is deleted, from the file's pages and logs too.

Nothing goes that was not seen to be nearly due a day before: a clock that jumps deletes nothing by itself.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from survey.keeping.backup import backups_in, make_backup
from survey.keeping.deletions import EVERYBODY, note_deletion
from survey.keeping.restore import REPLACED
from survey.model.invitation import Campaign
from survey.storage import editions, expiry, looks, participants, texts, whole_database
from survey.storage.deeds import write_deed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from survey.storage.connection import Connection

BETWEEN_LOOKS = timedelta(hours=24)
BACKUPS_KEPT = timedelta(days=30)
TEXTS_KEPT = timedelta(days=730)
"""Unreleased texts, if no later edition of the series is counted before."""
_PEOPLE = "delete people"
_TEXTS = "delete texts"
_BACKUP = "delete backup"
_REPLACED_STAMP = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was deleted."""

    people_of: tuple[str, ...] = ()
    """Editions whose addresses, names, links and mails are gone."""
    texts_of: tuple[str, ...] = ()
    """Editions whose unreleased texts are gone."""
    mails: int = 0
    backups: tuple[str, ...] = ()


def delete_expired(inst: Installation) -> Deleted:
    """Everything kept long enough is gone from the database, its log, the mail folder and the backups."""
    now = inst.clock()
    records = editions.all_editions(inst.database.read())
    people = tuple(r for r in records if _people_expire(inst, r, now))
    for record in people:
        for whom in _whom_to_note(inst, record):  # first: an older backup must not undo it
            note_deletion(inst.settings, record.id, whom)
        inst.database.write(partial(_delete_people, record=record, now=now))
    leftover = tuple(r for r in records if _is_left_over(inst, r))
    for record in leftover:
        inst.database.write(partial(expiry.delete_people, edition_id=record.id))
    forgotten = tuple(r for r in records if _texts_expire(inst, r, records, now))
    for record in forgotten:
        inst.database.write(partial(_delete_texts, record=record, now=now))
    # Mails again and again: a mail that was under way at the deletion is written after it.
    gone = [r.name for r in records if r.addresses_deleted is not None or r in people]
    mails = sum(_delete_mails(inst, name) for name in gone)
    if people or leftover or forgotten:
        whole_database.compact(inst.database)
    return Deleted(
        tuple(r.name for r in people),
        tuple(r.name for r in forgotten),
        mails,
        _delete_old_backups(inst, now),
    )


def people_expire(record: EditionRecord) -> datetime:
    """From when on addresses, names and links are deleted; an edition that never opened counts from its deadline."""
    return (record.closes or record.edition.deadline) + timedelta(
        days=record.edition.retention_days
    )


def _people_expire(inst: Installation, record: EditionRecord, now: datetime) -> bool:
    return (
        record.addresses_deleted is None
        and (record.opens is not None or _has_people(inst, record))
        and _seen_twice(inst, _PEOPLE, record.id, due=people_expire(record), now=now)
    )


def _is_left_over(inst: Installation, record: EditionRecord) -> bool:
    """Rows without a name, kept because the urn was counted later than the addresses went."""
    connection = inst.database.read()
    return (
        record.addresses_deleted is not None
        and record.counted is not None
        and bool(
            participants.count(connection, record.id)
            or participants.remembered(connection, record.id)
        )
    )


def _has_people(inst: Installation, record: EditionRecord) -> bool:
    return participants.count(inst.database.read(), record.id) > 0


def _whom_to_note(inst: Installation, record: EditionRecord) -> tuple[str, ...]:
    """An edition that never opened may be put off and filled anew: of it, those who are there now."""
    if record.opens is not None:
        return (EVERYBODY,)
    return tuple(p.id for p in participants.of_edition(inst.database.read(), record.id))


def _texts_expire(
    inst: Installation, record: EditionRecord, records: tuple[EditionRecord, ...], now: datetime
) -> bool:
    if record.counted is None:
        return False
    later = [
        other.counted
        for other in records
        if other.edition.series == record.edition.series
        and other.edition.starts > record.edition.starts
        and other.counted is not None
    ]
    due = min([record.counted + TEXTS_KEPT, *later])
    kept = texts.of_edition(inst.database.read(), record.id)
    waiting = any(text.released is None or text.text != text.released for text in kept)
    return waiting and _seen_twice(inst, _TEXTS, record.id, due=due, now=now)


def _seen_twice(
    inst: Installation, act: str, subject: str, *, due: datetime, now: datetime
) -> bool:
    """Whether it is due, and was seen a day ago to be due in a day or before."""

    def work(connection: Connection) -> bool:
        if now < due - BETWEEN_LOOKS:
            looks.forget(connection, act, subject)
            return False
        seen_for = looks.look(connection, act, subject, at=now, steady=inst.steady_time())
        return now >= due and seen_for >= BETWEEN_LOOKS

    return inst.database.write(work)


def _delete_people(connection: Connection, *, record: EditionRecord, now: datetime) -> None:
    if record.opens is None:
        expiry.delete_people(connection, record.id)
    else:
        if record.counted is None:
            expiry.blank_people(connection, record.id)
        else:
            expiry.delete_people(connection, record.id)
        editions.set_addresses_deleted(connection, record.id, now)
    looks.forget(connection, _PEOPLE, record.id)
    write_deed(connection, "people deleted", at=now, edition=record.id)


def _delete_texts(connection: Connection, *, record: EditionRecord, now: datetime) -> None:
    deleted = texts.delete_unreleased(connection, record.id)
    looks.forget(connection, _TEXTS, record.id)
    write_deed(
        connection,
        "unreleased texts deleted",
        at=now,
        edition=record.id,
        facts={"texts": deleted},
    )


def _delete_mails(inst: Installation, name: str) -> int:
    folder = inst.settings.mail_folder
    if folder is None or not folder.is_dir():
        return 0
    kinds = "|".join(campaign.value for campaign in Campaign)
    ours = re.compile(rf"{re.escape(name)}-(?:{kinds})-[0-9a-f]+\.eml")
    mails = [path for path in folder.iterdir() if ours.fullmatch(path.name)]
    for path in mails:
        path.unlink()
    return len(mails)


def _delete_old_backups(inst: Installation, now: datetime) -> tuple[str, ...]:
    """Backups older than their time are gone; if that left none, a new one is made first."""
    directory = inst.settings.backup_directory
    old = [
        (made, path)
        for made, path in _dated(directory)
        if _seen_twice(inst, _BACKUP, path.name, due=made + BACKUPS_KEPT, now=now)
    ]
    expired = {path for _, path in old}
    if expired and expired >= {path for _, path in backups_in(directory)}:
        make_backup(inst)
    for _, path in old:
        shutil.rmtree(path)

    def forget(connection: Connection) -> None:
        for _, path in old:
            looks.forget(connection, _BACKUP, path.name)

    if old:
        inst.database.write(forget)
    return tuple(path.name for _, path in old)


def _dated(directory: Path) -> Iterator[tuple[datetime, Path]]:
    yield from backups_in(directory)
    for folder in directory.glob(f"{REPLACED}*") if directory.is_dir() else ():
        stamp = folder.name.removeprefix(REPLACED)
        yield datetime.strptime(stamp, _REPLACED_STAMP).replace(tzinfo=UTC), folder
