"""Backups: a compact copy of the database that has been restored elsewhere and compared; keys lie apart."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from survey.errors import BackupRefused, problem
from survey.keeping.durable_writing import copy_durably
from survey.keeping.key_copies import copies_beside, copy_keys
from survey.storage import boxes, editions, tallies, texts, totals, upkeep, whole_database
from survey.storage.connection import foreign_errors, open_connection
from survey.storage.turns import Turn, awaited_turn, is_taken
from survey.urn.durable_files import sync_directory, write_new_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.installation import Installation
    from survey.storage.connection import Connection
    from survey.storage.editions import KeyedEdition

DATABASE = "nachklang.db"
MANIFEST = "manifest.json"
_UNFINISHED = ".unfinished"
_STAMP = "%Y-%m-%dT%H%M%SZ"
_PROOFS = "proof-"


def make_backup(inst: Installation, target: Path | None = None) -> Path:
    """A proven backup in a new folder of the directory; BackupRefused, and no folder, if it proves nothing.

    Backups are made one after the other, on however many machines.
    """
    with awaited_turn(inst.database, Turn.BACKUPS):
        return _make_backup(inst, target)


def somebody_backs_up(inst: Installation) -> bool:
    """True while a backup is made, by whatever process."""
    return is_taken(inst.database, Turn.BACKUPS)


def _make_backup(inst: Installation, target: Path | None) -> Path:
    directory = target if target is not None else inst.settings.backup_directory
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy_keys(inst, copies_beside(directory))
    folder = _free_name(directory, inst.clock())
    unfinished = folder.with_name(folder.name + _UNFINISHED)
    if unfinished.exists():
        shutil.rmtree(unfinished)  # left by a backup that was killed
    unfinished.mkdir(mode=0o700)
    try:
        with foreign_errors():  # what is counted while the copy is made need not lie in it
            known = editions.keyed_editions(inst.database.read())
        sizes = whole_database.table_sizes(inst.database)
        whole_database.copy_into(inst.database, unfinished / DATABASE)
        (unfinished / DATABASE).chmod(0o600)
        upkeep.forget_passing(unfinished / DATABASE)
        rows = _write_manifest(unfinished, inst.clock())
        prove_backup(inst, unfinished, known=known)
        _compare_sizes(sizes, whole_database.table_sizes(inst.database), rows)
    except BackupRefused:
        shutil.rmtree(unfinished)
        raise
    unfinished.rename(folder)
    sync_directory(directory)
    return folder


def prove_backup(
    inst: Installation, folder: Path, *, known: Sequence[KeyedEdition] | None = None
) -> None:
    """The backup restores elsewhere, whole, and has all counts of these editions, else of all; else BackupRefused."""
    inst.settings.cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in inst.settings.cache.glob(_PROOFS + "*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_PROOFS, dir=inst.settings.cache) as elsewhere:
        restored = Path(elsewhere) / DATABASE
        restore_elsewhere(folder, restored)
        with foreign_errors(), closing(open_connection(restored)) as copy:
            copied = {record.id: record for record in editions.keyed_editions(copy)}
            if known is None:
                known = editions.keyed_editions(inst.database.read())
            for record in known:
                if record.counted is not None and not (
                    copied.get(record.id) == record
                    and _holds_count(copy, inst.database.read(), record.id)
                ):
                    raise BackupRefused(
                        problem(
                            "Die Sicherung enthält nicht die Auszählung der Ausgabe „%(edition)s“.",
                            edition=record.name,
                        )
                    )


def restore_elsewhere(folder: Path, restored: Path) -> None:
    """The backup's database lies there, the same bytes as were proven once, and is whole; else BackupRefused."""
    manifest = read_manifest(folder)
    copy_durably(folder / DATABASE, restored)
    if upkeep.digest_of_file(restored) != manifest["sha256"]:
        raise BackupRefused(problem("Die Sicherung ist beschädigt."))
    if upkeep.faults(restored) or upkeep.sizes_of_file(restored) != manifest["rows"]:
        raise BackupRefused(problem("Die Sicherung ist beschädigt."))
    with foreign_errors(), closing(open_connection(restored)) as copy:
        for record in editions.keyed_editions(copy):
            # Once the numbers are written down, boxes are burnt: whatever is left of them is right.
            if not record.is_tallied and not boxes.state(copy, record.id).agrees:
                raise BackupRefused(
                    problem(
                        "In der Sicherung stimmt die Urne der Ausgabe „%(edition)s“ nicht.",
                        edition=record.name,
                    )
                )


def read_manifest(folder: Path) -> dict[str, object]:
    """What the backup says of itself; BackupRefused if it is no backup."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise BackupRefused(problem("Dieser Ordner ist keine Sicherung.")) from error
    if not isinstance(found, dict) or not {"made", "sha256", "rows"} <= set(found):
        raise BackupRefused(problem("Dieser Ordner ist keine Sicherung."))
    return found


def backups_in(directory: Path) -> tuple[tuple[datetime, Path], ...]:
    """Every finished backup of the directory with the moment of its name, oldest first."""
    found = []
    for folder in directory.iterdir() if directory.is_dir() else ():
        if (folder / MANIFEST).is_file() and not folder.name.endswith(_UNFINISHED):
            made = str(read_manifest(folder)["made"])
            found.append((datetime.fromisoformat(made), folder))
    return tuple(sorted(found))


def _write_manifest(folder: Path, made: datetime) -> dict[str, int]:
    database = folder / DATABASE
    rows = upkeep.sizes_of_file(
        database
    )  # opening the copy sets its journal mode: only then its bytes stand
    descriptor = os.open(database, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    manifest = {
        "made": made.astimezone(UTC).isoformat(),
        "sha256": upkeep.digest_of_file(database),
        "rows": rows,
    }
    write_new_file(folder / MANIFEST, json.dumps(manifest, indent=1).encode("ascii"))
    return rows


def _compare_sizes(before: dict[str, int], after: dict[str, int], copied: dict[str, int]) -> None:
    """Tables nobody wrote to meanwhile have as many rows in the copy as in the original."""
    lasting = before.keys() - upkeep.PASSING
    if any(copied.get(t) != before[t] for t in lasting if after.get(t) == before[t]):
        raise BackupRefused(problem("Die Sicherung ist unvollständig."))


def _holds_count(copy: Connection, live: Connection, edition_id: str) -> bool:
    """Whether the copy has everything the count has left; texts may have been deleted here since."""
    return (
        tallies.of_edition(copy, edition_id) == tallies.of_edition(live, edition_id)
        and totals.of_edition(copy, edition_id) == totals.of_edition(live, edition_id)
        and texts.ids_of_edition(live, edition_id) <= texts.ids_of_edition(copy, edition_id)
    )


def _free_name(directory: Path, moment: datetime) -> Path:
    stamp = moment.astimezone(UTC).strftime(_STAMP)
    names = (stamp, *(f"{stamp}-{number}" for number in range(2, 10_000)))
    return next(directory / name for name in names if not (directory / name).exists())
