"""What the README tells newcomers to type works, in its order."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from survey.commands.nachklang import MODULES
from tests.commands.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
CLOCK = re.compile(r"NACHKLANG_CLOCK=(\S+)")


def blocks(language: str, beginning: str) -> str:
    """The README's one block in that language that begins so."""
    (found,) = (
        text
        for kind, text in BLOCK.findall(README)
        if kind == language and text.startswith(beginning)
    )
    return str(found)


def lines() -> Iterator[str]:
    for line in blocks("sh", "export NACHKLANG_DATA").splitlines():
        yield line.partition("  #")[0].strip()


def test_every_command_named_is_a_command() -> None:
    named = set(re.findall(r"scripts/nachklang (\w+)", README))

    assert named
    assert named <= set(MODULES)


def test_every_document_named_is_there() -> None:
    named = re.findall(r"\]\((docs/[^)]+)\)", README)

    assert "docs/commands.md" in named
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    (tmp_path / "list.csv").write_text(blocks("text", "E-Mail"), encoding="cp1252")
    return made


def test_a_newcomer_gets_from_the_list_to_the_report(shell: Shell) -> None:
    for line in lines():
        moved = CLOCK.search(line)
        command = line.removeprefix("scripts/nachklang ")
        if moved:
            shell.at(datetime.fromisoformat(moved[1]))
        elif command == "serve":
            with shell.serving() as address:
                assert address.startswith("http://127.0.0.1:")
        elif command:
            typed, _, target = command.partition(" > ")
            said = shell.succeed(*typed.split(), typed="j\n")
            if target:
                (shell.folder / target).write_text(said, encoding="utf-8")

    assert len(list(shell.mails.glob("*.eml"))) == 2
    assert (shell.data / "reports" / "kongress2027-auswertung.pdf").read_bytes().startswith(b"%PDF")
