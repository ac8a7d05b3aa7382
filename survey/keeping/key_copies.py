"""Copies of the keys: where they lie, so that a key can be destroyed with all of them.

The list of places lies beside the keys, one path a line. Keys are copied wrapped; without the secret
of the host, which is never copied, they open nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from survey.errors import BackupRefused, KeyMissing, problem
from survey.keeping.deletions import DELETIONS
from survey.keeping.durable_writing import append_durably, copy_durably
from survey.storage import editions
from survey.urn.keys import KeyRing

if TYPE_CHECKING:
    from datetime import datetime

    from survey.installation import Installation
    from survey.model.event import EditionRecord

PLACES = "copies"


def copies_beside(backups: Path) -> Path:
    """Where the keys belonging to backups in that directory are copied: beside it, never inside."""
    return backups.with_name(f"{backups.name}-keys")


def places(keys_directory: Path) -> tuple[Path, ...]:
    """Every directory that keys were ever copied to."""
    listed = keys_directory / PLACES
    if not listed.exists():
        return ()
    return tuple(Path(line) for line in listed.read_text(encoding="utf-8").splitlines() if line)


def copy_keys(inst: Installation, to: Path) -> None:
    """Keys of editions still to be counted, and every note of a destroyed one, lie there too and open boxes."""
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    to.chmod(0o700)
    remember_place(inst.settings.keys, to)
    for note in inst.settings.keys.glob("*.destroyed"):
        copy_durably(note, to / note.name)
    deletions = inst.settings.data / DELETIONS
    if deletions.exists():
        copy_durably(deletions, to / DELETIONS)
    copied = KeyRing(to, inst.settings.secret_directory)
    for record in editions.keyed_editions(inst.database.read()):
        if record.is_tallied or inst.keys.is_destroyed(record.id):
            continue
        copy_durably(inst.settings.keys / f"{record.id}.key", to / f"{record.id}.key")
        try:
            copied.prove(record.id, record.public_key)
        except KeyMissing as missing:
            raise BackupRefused(
                problem(
                    "Der Schlüssel der Ausgabe „%(edition)s“ öffnet keinen Umschlag.",
                    edition=record.name,
                )
            ) from missing


def destroy_everywhere(inst: Installation, edition_id: str, *, at: datetime) -> tuple[Path, ...]:
    """The key is gone from every copy and then from here; the places that could not be reached."""
    unreached: list[Path] = []
    for place in places(inst.settings.keys):
        try:
            KeyRing(place, inst.settings.secret_directory).destroy(edition_id, at)
        except OSError:
            unreached.append(place)
    inst.keys.destroy(edition_id, at)
    return tuple(unreached)


def remember_place(keys_directory: Path, place: Path) -> None:
    """The place is on the list, durably, before anything is copied to it."""
    if place not in places(keys_directory):
        append_durably(keys_directory / PLACES, f"{place}\n")


def not_copied(inst: Installation) -> tuple[EditionRecord, ...]:
    """Opened editions still to be counted whose key lies on this disk only."""
    return tuple(
        record
        for record in editions.with_keys(inst.database.read())
        if record.opens is not None
        and not record.is_tallied
        and not any((place / f"{record.id}.key").is_file() for place in places(inst.settings.keys))
    )
