"""Commands typed in this process, on the installation that a test has prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner

from survey.commands.nachklang import nachklang

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from survey.installation import Installation
    from tests.people import StoppedClock


class Typing(Protocol):
    """Types a command, and what is asked for."""

    def __call__(self, *words: object, typed: str = "") -> Result:
        """What came of it."""


@pytest.fixture
def run(inst: Installation, clock: StoppedClock, tmp_path: Path) -> Typing:
    settings = inst.settings

    def typing(*words: object, typed: str = "") -> Result:
        (tmp_path / "now").write_text(clock().isoformat(), encoding="utf-8")
        environment = {
            "NACHKLANG_DATA": str(settings.data),
            "NACHKLANG_SECRET_DIRECTORY": str(settings.secret_directory),
            "NACHKLANG_BACKUP_DIRECTORY": str(settings.backup_directory),
            "NACHKLANG_MAIL_FOLDER": str(settings.mail_folder),
            "NACHKLANG_CLOCK": str(tmp_path / "now"),
        }
        return CliRunner().invoke(nachklang, [str(w) for w in words], input=typed, env=environment)

    return typing
