"""Mails as files: whole or not there, readable by their owner only."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def file_name(edition: str, campaign: str, message_id: str) -> str:
    """The name of a mail's file; it says nothing about the person."""
    digest = hashlib.sha256(message_id.encode()).hexdigest()[:12]
    return f"{edition}-{campaign}-{digest}.eml"


def write_unfinished(folder: Path, name: str, content: bytes) -> None:
    """The content lies in the folder, but not yet under its name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(_unfinished(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def finish(folder: Path, names: Iterable[str]) -> None:
    """The files are whole, durable and under their names; older ones of those names are replaced."""
    for name in names:
        _sync(_unfinished(folder, name), os.O_RDWR)
        _unfinished(folder, name).replace(folder / name)
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def delete_mails(folder: Path | None, names: Iterable[str]) -> None:
    """The files are gone; those that were never written are no loss."""
    if folder is not None:
        for name in names:
            (folder / name).unlink(missing_ok=True)


def _unfinished(folder: Path, name: str) -> Path:
    return folder / f".{name}.unfinished"


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
