"""Printed files of results are kept until what they say changes; a withdrawn quote is in none of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from survey.keeping.free_space import require_room

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord


def kept_directory(inst: Installation, record: EditionRecord) -> Path:
    """Where printed files of the edition are kept; DiskNearlyFull if no more should be."""
    require_room(inst.settings.reports)
    return _directory(inst, record)


def kept_directory_of_series(inst: Installation, owner: str, address: str) -> Path:
    """Where printed files of a series are kept, whatever editions it has; DiskNearlyFull as above."""
    require_room(inst.settings.reports)
    return inst.settings.reports / "kept" / "series" / owner / address


def forget_kept_files(inst: Installation, record: EditionRecord) -> None:
    """No printed file of the edition is kept; each is printed anew when somebody wants it."""
    directory = _directory(inst, record)
    if directory.is_dir():
        shutil.rmtree(directory)


def _directory(inst: Installation, record: EditionRecord) -> Path:
    return inst.settings.reports / "kept" / record.id
