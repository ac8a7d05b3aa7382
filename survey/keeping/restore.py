"""Restoring a backup: never one that would reopen a counted edition, and never what was deleted since."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from survey.access.links import LinkSigner
from survey.errors import BackupRefused, KeyMissing, StorageUnavailable, problem
from survey.keeping.backup import DATABASE, restore_elsewhere
from survey.keeping.deletions import DELETIONS, EVERYBODY, read_deletions
from survey.keeping.durable_writing import append_durably, copy_durably
from survey.keeping.key_copies import copies_beside
from survey.storage import (
    boxes,
    editions,
    expiry,
    looks,
    participants,
    published_groups,
    schedules,
    suppressions,
    whole_database,
)
from survey.storage.connection import foreign_errors, migrate, open_connection
from survey.storage.deeds import write_deed
from survey.urn.durable_files import sync_directory
from survey.urn.keys import KeyRing
from survey.urn.witness import Witness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from survey.model.event import EditionRecord
    from survey.model.published_table import PublishedTable
    from survey.settings import Settings
    from survey.storage.connection import Connection
    from survey.storage.suppressions import Cause

REPLACED = "replaced-"
_RESTORING = "nachklang.db.restoring"
_FILES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored backup has brought, and what it has not."""

    editions: tuple[str, ...]
    lost_boxes: tuple[tuple[str, int], ...]
    """Answers given after the backup, by edition: their people can answer again."""
    deleted_again: int
    """People whose deletion was replayed."""
    replaced: Path | None
    """Where the database that was there before lies now."""


def restore_backup(backup: Path, settings: Settings, *, now: datetime) -> Restored:
    """The service's database is that of the backup; BackupRefused, and nothing changed, if it must not be.

    Stop the service first. Keys come from the copies beside the backup's directory where they are missing here.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    restoring = settings.data / _RESTORING
    for suffix in _FILES:
        restoring.with_name(restoring.name + suffix).unlink(missing_ok=True)
    try:
        restore_elsewhere(backup, restoring)
        migrate(restoring)  # it may come from before an upgrade
        with foreign_errors(), closing(open_connection(restoring)) as connection:
            records = editions.all_editions(connection)
        copies = copies_beside(backup.parent)
        _refuse_reopening(records, settings, copies)
        _bring_keys(records, settings, copies)
    except BackupRefused:
        restoring.unlink(missing_ok=True)
        raise
    published = _published_here(settings)
    suppressed = _suppressed_here(settings)
    replaced = _put_aside(settings, now)
    with _put_in_place(settings, restoring) as connection:
        looks.forget_all(connection)
        schedules.withdraw_all(connection)
        deleted = _delete_again(connection, settings, now)
        _put_on_record_again(connection, published, now)
        for organisation, fingerprint, cause in suppressed:
            suppressions.add(connection, organisation, fingerprint=fingerprint, cause=cause)
        lost = tuple(_lost_boxes(connection, settings, records))
        write_deed(connection, "backup restored", at=now, edition="", facts={"backup": backup.name})
    whole_database.confirm_commits(whole_database.database_of(settings))
    return Restored(tuple(r.name for r in records), lost, deleted, replaced)


@contextmanager
def _put_in_place(settings: Settings, restoring: Path) -> Iterator[Connection]:
    """The restored file is the database; what is still changed in it counts with it or, on a server, not without it."""
    if settings.postgresql:
        with whole_database.replaced_by(restoring, settings) as connection:
            yield connection
        for suffix in _FILES:
            restoring.with_name(restoring.name + suffix).unlink(missing_ok=True)
        return
    restoring.replace(settings.database)
    sync_directory(settings.data)
    with foreign_errors(), closing(open_connection(settings.database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def _refuse_reopening(records: tuple[EditionRecord, ...], settings: Settings, copies: Path) -> None:
    """Notes of destroyed keys outlive every restore; so do counts in the database that is still here."""
    counted_here = _counted_here(settings)
    for record in records:
        noted = any(
            (place / f"{record.id}.destroyed").exists() for place in (settings.keys, copies)
        )
        if not record.is_tallied and (noted or record.id in counted_here):
            raise BackupRefused(
                problem(
                    "Diese Sicherung ist älter als die Auszählung der Ausgabe „%(edition)s“. "
                    "Nehmen Sie die Sicherung, die bei der Auszählung angelegt wurde, oder eine neuere.",
                    edition=record.name,
                )
            )


def _counted_here(settings: Settings) -> frozenset[str]:
    if not whole_database.is_there(settings):
        return frozenset()
    try:
        with whole_database.reading(settings) as connection:
            return frozenset(r.id for r in editions.keyed_editions(connection) if r.is_tallied)
    except StorageUnavailable:
        return frozenset()  # too damaged to be asked: that is why somebody restores


def _published_here(settings: Settings) -> dict[str, tuple[tuple[PublishedTable, ...], ...]]:
    """What has left the house has left it, whatever the backup knows of it."""
    if not whole_database.is_there(settings):
        return {}
    try:
        with whole_database.reading(settings) as connection:
            return {
                key: published_groups.of_edition(connection, key)
                for key in published_groups.edition_keys(connection)
            }
    except StorageUnavailable:
        return {}  # too damaged to be asked, or from before there was a log


def _suppressed_here(settings: Settings) -> tuple[tuple[str, str, Cause], ...]:
    """Whoever objected after the backup was made has objected."""
    if not whole_database.is_there(settings):
        return ()
    try:
        with whole_database.reading(settings) as connection:
            return suppressions.everything(connection)
    except StorageUnavailable:
        return ()  # too damaged to be asked


def _put_on_record_again(
    connection: Connection,
    published: dict[str, tuple[tuple[PublishedTable, ...], ...]],
    now: datetime,
) -> None:
    for key, entries in published.items():
        known = {t for entry in published_groups.of_edition(connection, key) for t in entry}
        for entry in entries:
            missing = [table for table in entry if table not in known]
            if missing:
                published_groups.insert(connection, key, missing, at=now)


def _bring_keys(records: tuple[EditionRecord, ...], settings: Settings, copies: Path) -> None:
    ring = KeyRing(settings.keys, settings.secret_directory)
    settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.keys.chmod(0o700)
    for note in copies.glob("*.destroyed"):
        if not (settings.keys / note.name).exists():
            copy_durably(note, settings.keys / note.name)
    for pair in read_deletions(copies / DELETIONS):
        if pair not in read_deletions(settings.data / DELETIONS):
            append_durably(settings.data / DELETIONS, f"{pair[0]} {pair[1]}\n")
    for record in records:
        if record.is_tallied:
            continue
        name = f"{record.id}.key"
        if not (settings.keys / name).exists() and (copies / name).exists():
            copy_durably(copies / name, settings.keys / name)
        try:
            ring.prove(record.id, record.public_key)
        except (KeyMissing, OSError) as missing:
            raise BackupRefused(
                problem(
                    "Der Schlüssel der Ausgabe „%(edition)s“ fehlt. Er liegt in %(copies)s und braucht "
                    "das Geheimnis des Rechners aus %(secrets)s.",
                    edition=record.name,
                    copies=str(copies),
                    secrets=str(settings.secret_directory),
                )
            ) from missing


def _put_aside(settings: Settings, now: datetime) -> Path | None:
    """The database that was here lies among the backups, where it expires like them."""
    if not whole_database.is_there(settings):
        return None
    aside = settings.backup_directory / f"{REPLACED}{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    if settings.postgresql:
        whole_database.copy_into(whole_database.database_of(settings), aside / DATABASE)
        (aside / DATABASE).chmod(0o600)
    for suffix in () if settings.postgresql else _FILES:
        path = settings.database.with_name(settings.database.name + suffix)
        if path.exists():
            shutil.move(path, aside / (DATABASE + suffix))
    descriptor = os.open(aside / DATABASE, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_directory(aside)
    sync_directory(settings.data)
    return aside


def _delete_again(connection: Connection, settings: Settings, now: datetime) -> int:
    links = LinkSigner(KeyRing(settings.keys, settings.secret_directory).signing_key())
    deleted = 0
    for edition_id, participant in read_deletions(settings.data / DELETIONS):
        record = editions.find_by_id(connection, edition_id)
        if record is None:
            continue
        if participant != EVERYBODY:
            deleted += _delete_person_again(connection, record, participant, links)
        elif record.counted is None:
            expiry.blank_people(connection, edition_id)
            editions.set_addresses_deleted(connection, edition_id, now)
        else:
            expiry.delete_people(connection, edition_id)
            editions.set_addresses_deleted(connection, edition_id, now)
    return deleted


def _delete_person_again(
    connection: Connection, record: EditionRecord, participant: str, links: LinkSigner
) -> int:
    person = participants.find(connection, record.id, participant)
    if person is None:
        return 0
    if record.counted is None:
        # The box of a deleted person stays in the urn, and nobody may answer twice.
        known = participants.identities(connection, record.id)
        identity = next(identity for identity, one in known.items() if one == participant)
        participants.remember(
            connection,
            record.id,
            fingerprint=links.identity_fingerprint(record.id, identity),
            has_answered=person.has_answered,
        )
    return expiry.delete_person(connection, record.id, participant)


def _lost_boxes(
    connection: Connection, settings: Settings, records: tuple[EditionRecord, ...]
) -> list[tuple[str, int]]:
    """Who restores has seen how many boxes are missing; from here on those that are there are watched over."""
    witness = Witness(settings.witnesses)
    lost = []
    for record in records:
        if record.is_tallied:
            continue  # what is missing was counted
        found = boxes.count(connection, record.id)
        witnessed = witness.witnessed(record.id) if settings.witnesses.is_dir() else 0
        if witnessed > found:
            lost.append((record.name, witnessed - found))
        settings.witnesses.mkdir(exist_ok=True)
        witness.confirm(record.id, found)
    return lost
