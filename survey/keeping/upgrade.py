"""Upgrading: a proven backup first, then the migrations, then the examination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.keeping.backup import make_backup
from survey.keeping.doctor import examine
from survey.storage.whole_database import migrate_whole

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.keeping.diagnosis import Diagnosis


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did."""

    backup: Path
    migrations: tuple[str, ...]
    diagnoses: tuple[Diagnosis, ...]


def upgrade(inst: Installation) -> Upgraded:
    """The database has the newest schema; as it was before, it lies in a proven backup."""
    backup = make_backup(inst)
    migrations = migrate_whole(inst.database)
    return Upgraded(backup, migrations, examine(inst))
