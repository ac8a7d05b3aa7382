"""Small files that are on the disk, whole, before anybody relies on them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_new_file(path: Path, content: bytes) -> None:
    """The content is durable under that name, readable by its owner only; FileExistsError if the name is taken."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    try:
        os.link(unfinished, path)  # refuses to replace, unlike rename
    finally:
        unfinished.unlink()
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Names made or removed in the directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
