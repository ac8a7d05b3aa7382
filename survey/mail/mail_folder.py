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


def write_mail(folder: Path, name: str, content: bytes) -> Path:
    """The file, durable; an older one of that name is replaced in one step."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    unfinished = folder / f".{name}.unfinished"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return path


def delete_mails(folder: Path | None, names: Iterable[str]) -> None:
    """The files are gone; those that were never written are no loss."""
    if folder is not None:
        for name in names:
            (folder / name).unlink(missing_ok=True)
