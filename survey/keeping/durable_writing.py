"""Lines and copies that are on the disk, whole, before anybody relies on them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from survey.urn.durable_files import sync_directory

if TYPE_CHECKING:
    from pathlib import Path


def append_durably(path: Path, line: str) -> None:
    """The line stands at the end of the file, on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.encode("utf-8"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_directory(path.parent)


def copy_durably(source: Path, target: Path) -> None:
    """The target has the source's bytes, whole and on the disk, for its owner only."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.copyfile(source, unfinished)
    unfinished.chmod(0o600)
    descriptor = os.open(unfinished, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    unfinished.replace(target)
    sync_directory(target.parent)
