"""Room on the disk: what can wait is refused before answers would be."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from survey.errors import DiskNearlyFull

if TYPE_CHECKING:
    from pathlib import Path

LEAST_FREE_BYTES = 200 * 1024 * 1024
"""Below, only answers and mails are still written."""


def free_bytes(directory: Path) -> int:
    """What is free on the disk that the directory lies on, or will lie on."""
    there = next(place for place in (directory, *directory.absolute().parents) if place.is_dir())
    return shutil.disk_usage(there).free


def require_room(directory: Path) -> None:
    """Nothing if reports and tables may be written there; else DiskNearlyFull."""
    free = free_bytes(directory)
    if free < LEAST_FREE_BYTES:
        raise DiskNearlyFull(free)
