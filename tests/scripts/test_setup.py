"""scripts/setup on machines that lack something: one line, and the right one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scripts.project_file import ROOT

ENGINES = "tests/accessibility/engines"


def _unless_there(package: str, command: str) -> str:
    """Found on few people's PATH, and therefore looked for in its own place, too."""
    return "" if shutil.which(command, path="/usr/sbin") else f" {package}"


POSTGRESQL = "" if list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) else "postgresql "
PACKAGES = (
    f"{POSTGRESQL}chromium-headless-shell fonts-liberation poppler-utils qpdf"
    f"{_unless_there('dovecot-imapd', 'dovecot')} faketime "
    f"default-jre-headless nodejs npm{_unless_there('nginx', 'nginx')} caddy"
)
USUAL = ("bash", "cat", "date", "dirname", "env", "flock", "grep", "mkdir", "rm", "tail")


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A copy of what scripts/setup reads, and a PATH with nothing but the usual, no sudo and nobody's rights."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in USUAL:
        found = shutil.which(name)
        assert found is not None, name
        (commands / name).symlink_to(found)
    (commands / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (commands / "id").write_text("#!/bin/sh\necho 1000\n")
    for command in ("python3", "id"):
        (commands / command).chmod(0o755)
    for folder in ("scripts", "requirements"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / ENGINES).mkdir(parents=True)
    shutil.copy(ROOT / ENGINES / "package-lock.json", tmp_path / ENGINES)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _set_up(machine: Path, purpose: str, language: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "scripts" / "setup", purpose],
        env={"PATH": str(machine / "bin"), "LANG": language, "SETUP_FOR": "test"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        pytest.param(
            "de_DE.UTF-8",
            "Bitten Sie die Administration dieses Rechners, einmal »apt-get update && apt-get install "
            f"--no-install-recommends {PACKAGES}« auszuführen. "
            "Starten Sie danach scripts/test noch einmal.\n",
            id="German",
        ),
        pytest.param(
            "C.UTF-8",
            'Please ask the administrator of this machine to run "apt-get update && apt-get install '
            f'--no-install-recommends {PACKAGES}" once; '
            "then start scripts/test again.\n",
            id="English",
        ),
    ],
)
def test_who_may_not_install_is_told_in_one_line_what_to_ask_for(
    bare_machine: Path, language: str, line: str
) -> None:
    ended = _set_up(bare_machine, "test", language)

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line)


def test_an_environment_that_only_is_a_link_is_not_emptied(bare_machine: Path) -> None:
    elsewhere = bare_machine / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "pyvenv.cfg").write_text("version = 3.11\n")
    (bare_machine / ".venv").symlink_to(elsewhere)

    _set_up(bare_machine, "test", "C.UTF-8")

    assert (elsewhere / "pyvenv.cfg").read_text() == "version = 3.11\n"


def test_an_old_python_is_named_in_one_line(bare_machine: Path) -> None:
    # scripts/setup only takes a Python whose own test of its version succeeds.
    (bare_machine / "bin" / "python3").write_text("#!/bin/sh\nexit 1\n")

    ended = _set_up(bare_machine, "service", "C.UTF-8")

    assert ended.returncode == 1
    assert ended.stderr == (
        "Nachklang needs Python 3.11 or newer. Please ask the administrator to run "
        '"apt-get install python3" (Debian 12 or later).\n'
    )


def test_an_unknown_purpose_is_refused(bare_machine: Path) -> None:
    ended = _set_up(bare_machine, "everything", "C.UTF-8")

    assert (ended.returncode, ended.stderr) == (2, "scripts/setup service | test\n")
