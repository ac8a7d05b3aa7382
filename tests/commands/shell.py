"""A shell in which an organiser types commands: real processes, a data directory, a clock that the test moves."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.measuring.children import measured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

PYTHON = (sys.executable, "-m", "survey")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Shell:
    """Commands on one data directory, in one language."""

    folder: Path
    locale: str = "de_DE.UTF-8"
    is_measured: bool = True
    """False where others reach the same: measuring makes each command take three times as long."""

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    @property
    def clock(self) -> Path:
        """The file that holds the service's time."""
        return self.folder / "now"

    @property
    def mails(self) -> Path:
        """Where mails arrive."""
        return self.data / "mails"

    @property
    def log(self) -> Path:
        """What the service wrote on standard error."""
        return self.folder / "serve.log"

    def at(self, moment: datetime) -> None:
        """From here on it is then."""
        self.clock.write_text(moment.isoformat(), encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """What commands find around them: nothing of this machine's own settings."""
        kept = {
            k: v for k, v in os.environ.items() if not k.startswith(("NACHKLANG_", "LC_", "LANG"))
        }
        given = {"LC_ALL": self.locale, "NACHKLANG_DATA": str(self.data)}
        if self.clock.exists():
            given["NACHKLANG_CLOCK"] = str(self.clock)
        return kept | given | (measured() if self.is_measured else {})

    def run(self, *words: str, typed: str = "") -> Told:
        """The command as typed, with what is typed at its questions."""
        done = subprocess.run(
            [*PYTHON, *words],
            input=typed,
            capture_output=True,
            text=True,
            env=self.environment(),
            cwd=self.folder,
            check=False,
            timeout=300,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    def succeed(self, *words: str, typed: str = "") -> str:
        """What the command says; it must end well."""
        told = self.run(*words, typed=typed)
        assert told.code == 0, f"{words}: {told}"
        return told.out

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The service on a free port of this machine, and its address."""
        with (
            self.log.open("w", encoding="utf-8") as log,
            subprocess.Popen(
                [*PYTHON, "serve", "--port", "0", "--without-worker"],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=self.environment(),
                cwd=self.folder,
            ) as process,
        ):
            try:
                assert process.stdout is not None
                line = process.stdout.readline()
                yield next(word for word in line.split() if word.startswith("http"))
            finally:
                process.terminate()
        assert process.returncode == 0
