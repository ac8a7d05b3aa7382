"""Where services of a trial are born: real processes that can be killed, a hundred times as fast as a new Python.

A program of its own, ``python -m tests.faults.nursery``, that has everything imported and forks: each line it
reads is a command of ours with its environment, each line it says ``pid N`` or what that process says.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from tests.people import START

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
UP = "Der Dienst "
"""What a service says first once it is ready."""
LOT = 10
"""So many writes a service gathers that answers before it has stored."""


PATIENCE = 120.0
"""Seconds in which a service says what is waited for, on a machine that has much else to do."""
SILENCE = ""
"""In place of a line, once nobody is left to say one."""


class NothingSaid(AssertionError):
    """What was waited for was not said in time."""


@dataclass(frozen=True, slots=True)
class Service:
    """One process."""

    pid: int
    handle: int
    """Readable once the process is gone, whoever its parent is."""

    def kill(self) -> None:
        """SIGKILL."""
        self.signal(signal.SIGKILL)
        self.wait()

    def signal(self, number: int) -> None:
        """Tell it."""
        signal.pidfd_send_signal(self.handle, number)

    def wait(self, seconds: float = 60) -> None:
        """Until it is gone."""
        assert select.select([self.handle], [], [], seconds)[0], "the service does not end"

    def end(self) -> None:
        """Gone it is, whatever it was doing, and forgotten."""
        with contextlib.suppress(ProcessLookupError):
            self.kill()
        os.close(self.handle)


class Ear:
    """Takes in at once whatever is said: a full pipe would hold up whoever has more to say."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def hear(self, beginning: str, *, patience: float = PATIENCE) -> str:
        """The next line that begins so; `NothingSaid` if there is none in so many seconds."""
        until = time.monotonic() + patience
        line = ""
        while not line.startswith(beginning):
            try:
                line = self._heard.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                msg = f"nobody said {beginning!r} within {patience:g} s"
                raise NothingSaid(msg) from None
            if line == SILENCE:
                self._heard.put(SILENCE)  # for whoever asks next
                raise NothingSaid(f"all have ended, and nobody said {beginning!r}")
        return line

    def _listen(self) -> None:
        with self._stream:
            for line in self._stream:
                self._heard.put(line)
        self._heard.put(SILENCE)


class Nursery:
    """Bears services over one installation."""

    def __init__(
        self, environment: dict[str, str], *, preloaded: dict[str, str] | None = None
    ) -> None:
        # What is preloaded, even the first process finds around it.
        self._environment = environment
        self._born: list[Service] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=ROOT,
            env=os.environ | {"LC_ALL": "de_DE.UTF-8"} | (preloaded or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._ear = Ear(self._process.stdout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for service in self._born:
            service.end()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)

    def bear(self, *arguments: str, hasty: str = "") -> Service:
        """A process of ours, ready; a hasty one answers before it has stored."""
        pid = self._order(arguments, hasty)
        handle = os.pidfd_open(pid)
        service = Service(pid, handle)
        self._born.append(service)
        self._said(UP)
        return service

    def run(self, *arguments: str) -> int:
        """How a process of ours ended."""
        pid = self._order(arguments)
        return int(self._said(f"ended {pid} ").rpartition(" ")[2])

    def _order(self, arguments: tuple[str, ...], hasty: str = "") -> int:
        assert self._process.stdin is not None
        order = {"arguments": arguments, "environment": self._environment, "hasty": hasty}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._said("pid ").removeprefix("pid "))

    def _said(self, beginning: str) -> str:
        return self._ear.hear(beginning)


def environment_below(directory: Path) -> dict[str, str]:
    """The settings of tests.people.settings_below, as a service reads them."""
    return {
        "NACHKLANG_DATA": str(directory / "data"),
        "NACHKLANG_SECRET_DIRECTORY": str(directory / "secret"),
        "NACHKLANG_BACKUP_DIRECTORY": str(directory / "backups"),
        "NACHKLANG_MAIL_FOLDER": str(directory / "mails"),
        "NACHKLANG_CLOCK": START.isoformat(),
    }


def main() -> None:
    """Bear what is ordered until nobody orders any more."""
    import survey.application  # noqa: F401, PLC0415 -- once for all who are born here
    from survey.commands import nachklang, running  # noqa: F401, PLC0415

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        if os.fork() == 0:
            print(f"pid {os.getpid()}", flush=True)  # noqa: T201 -- the answer, before anything it says itself
            _live(order)


def _live(order: dict[str, Any]) -> None:
    from survey.commands.nachklang import nachklang  # noqa: PLC0415 -- after the fork

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(order["environment"])
    if order["hasty"]:
        answer_before_storing()
    ended = 1
    try:
        ended = nachklang(order["arguments"], standalone_mode=False) or 0
    except SystemExit as end:
        ended = int(end.code or 0)
    finally:
        print(f"ended {os.getpid()} {ended}", flush=True)  # noqa: T201 -- the answer
        os._exit(ended)


def answer_before_storing() -> None:
    """Break this process: whoever writes is told that it is done, and some of it is done later."""
    from survey.storage import connection  # noqa: PLC0415 -- broken in this process only

    gathered: list[Any] = []

    def write_for(self: Any, actor: Any, work: Any, *, watch: Any = None) -> None:
        gathered.append(connection._Write(work, Future(), watch, actor))
        if len(gathered) >= LOT:
            self._start_writer()
            while gathered:
                self._writes.put(gathered.pop())

    connection.Database.write_for = write_for  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main()
