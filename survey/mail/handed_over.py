"""What the relay has taken and the database does not know yet: a killed sender leaves it to the next one.

The database hears of many mails at once. Until it has, their Message-IDs stand in a small file beside it, one a line.
It is not waited for until they are on the disk: they outlive the process, and a machine that loses its power forgets
them; then the mails since the last time the database heard of any are sent once more.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from survey.errors import StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "sending.handed-over"
_AT_ONCE = 65_536


class HandedOver:
    """The Message-IDs of mails that have left, as long as only this file knows it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def note(self, message_id: str) -> None:
        """The relay has taken that mail; OSError if it could not be noted."""
        line = f"{message_id}\n".encode()
        if os.write(self._descriptor, line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def message_ids(self) -> frozenset[str]:
        """Whatever is noted; a line that was not finished is nobody's."""
        content, position = b"", 0
        while part := os.pread(self._descriptor, _AT_ONCE, position):
            content += part
            position += len(part)
        return frozenset(content.decode("utf-8", "replace").split("\n")[:-1])

    def clear(self) -> None:
        """The database knows of all of them."""
        os.ftruncate(self._descriptor, 0)


@contextmanager
def handed_over(database: Path) -> Iterator[HandedOver]:
    """The file beside that database, whoever wrote into it last; StorageUnavailable if there can be none."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
    try:
        descriptor = os.open(database.with_name(NAME), flags, 0o600)
    except OSError as error:
        raise StorageUnavailable(str(error)) from error
    try:
        yield HandedOver(descriptor)
    finally:
        os.close(descriptor)
