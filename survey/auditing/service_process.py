"""The real service in a process of its own, with a throwaway installation's settings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.settings import Settings

_SECONDS_TO_START = 1800
_SECONDS_TO_END = 600
_ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)/")


@contextmanager
def serving(settings: Settings, *, journal: Path, temporary: Path) -> Iterator[int]:
    """The port of ``nachklang serve``; all that it says lies in the journal, its temporary files in that folder."""
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(temporary),
        "NACHKLANG_DATA": str(settings.data),
        "NACHKLANG_BASE_URL": settings.base_url,
        "NACHKLANG_SECRET_DIRECTORY": str(settings.secret_directory),
        "NACHKLANG_BACKUP_DIRECTORY": str(settings.backup_directory),
        "NACHKLANG_MAIL_FOLDER": str(settings.mail_folder),
        "NACHKLANG_TIME_ZONE": str(settings.zone),
        "NACHKLANG_CLOCK": settings.clock,
        "NACHKLANG_TRUSTED_PROXY": "127.0.0.1",
    }
    command = [sys.executable, "-m", "survey", "serve", "--port", "0", "--without-worker"]
    with journal.open("ab") as said:
        service = subprocess.Popen(  # noqa: S603 -- our own program
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
    try:
        yield _port(service, journal)
    finally:
        service.terminate()
        service.wait(_SECONDS_TO_END)


def _port(service: subprocess.Popen[bytes], journal: Path) -> int:
    pause = Event()
    limit = monotonic() + _SECONDS_TO_START
    while (found := _ADDRESS.search(journal.read_bytes())) is None:
        if service.poll() is not None or monotonic() > limit:
            raise RuntimeError(f"the service did not start: {journal.read_text(encoding='utf-8')}")
        pause.wait(0.03)
    return int(found[1])
