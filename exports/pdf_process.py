"""The near side of the PDF process: starts it, feeds it, ends it when it takes too long."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from exports.pdf_frames import PRINTED, FrameBroken, read_frame, write_frame
from survey.errors import ReportFailed, ReportTooSlow

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_EXPORTS = Path(__file__).parent
_ENGINE_SOURCES = (
    "accessible_pdf.py",
    "clean_text.py",
    "pdf_finisher.py",
    "pdf_structure.py",
    "report_typeface.py",
)
_ENGINE_PACKAGES = ("weasyprint", "pydyf", "fontpkg-fira-sans")
_GRACE = 5
"""Seconds after the limit at which a process whose parent is gone ends itself."""


class PdfPrinter:
    """Prints pages as accessible PDFs in one warm process that is replaced when it goes wrong.

    Used as a context manager; printing from several threads takes turns.
    """

    def __init__(self, limit_seconds: float = 60.0) -> None:
        self._limit = limit_seconds
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._directory: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and everything it started."""
        with self._turn:
            self._end()

    def print_html(self, html: str) -> bytes:
        """The PDF of a page; raises ReportTooSlow past the limit, ReportFailed for all else."""
        with self._turn:
            child = self._running_child()
            expired = threading.Event()
            watchdog = threading.Timer(self._limit, _expire, (child, expired))
            watchdog.start()
            try:
                reply = _exchange(child, html.encode())
            except (OSError, FrameBroken) as error:
                self._end()
                if expired.is_set():
                    raise ReportTooSlow(self._limit) from error
                raise ReportFailed("process ended", type(error).__name__) from error
            finally:
                watchdog.cancel()
        if reply[:1] != PRINTED:
            raise ReportFailed(reply[1:].decode())
        return reply[1:]

    def print_pdf(self, html: str, cache_directory: Path) -> Path:
        """The file holding the PDF of a page, printed unless this very page was printed before."""
        target = cache_directory / f"{content_hash(html)}.pdf"
        if not target.exists():
            write_whole(target, self.print_html(html))
        return target

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._directory = tempfile.TemporaryDirectory(prefix="nachklang-print-")
            self._child = _start(Path(self._directory.name), self._limit)
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            _kill_group(self._child)
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe is not None:
                    # Unsent bytes for a dead process: closing tries to send them and may fail.
                    with contextlib.suppress(OSError):
                        pipe.close()
            self._child.wait()
            self._child = None
        if self._directory is not None:
            self._directory.cleanup()
            self._directory = None


def content_hash(html: str) -> str:
    """A page's fingerprint; it changes with the page and with the engine that prints it."""
    digest = _engine().copy()
    digest.update(html.encode())
    return digest.hexdigest()


@cache
def _engine() -> hashlib._Hash:
    """The fingerprint's first part, which is the same for every page this process prints."""
    digest = hashlib.sha256()
    for package in _ENGINE_PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    for source in _ENGINE_SOURCES:
        digest.update((_EXPORTS / source).read_bytes())
    return digest


def _start(directory: Path, limit: float) -> subprocess.Popen[bytes]:
    # An environment of its own: no secret of the service reaches the process that reads free text,
    # and what it leaves behind when killed lies in a directory its parent removes.
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(_EXPORTS.parent),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TMPDIR": str(directory),
    }
    # -P: the current directory is no place to look for modules.
    command = [sys.executable, "-P", "-m", "exports.accessible_pdf", str(int(limit) + _GRACE)]
    return subprocess.Popen(  # noqa: S603 -- this interpreter, a fixed module, a number
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        cwd=directory,
        start_new_session=True,
    )


def _exchange(child: subprocess.Popen[bytes], page: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise FrameBroken
    write_frame(child.stdin, page)
    reply = read_frame(child.stdout)
    if reply is None:
        raise FrameBroken
    return reply


def _expire(child: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    _kill_group(child)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    # Not yet waited for, so the number is still this child's.
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
        half.write(content)
        half.flush()
        os.fsync(half.fileno())
    Path(half.name).replace(target)
