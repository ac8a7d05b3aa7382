"""What the README tells people to type works, in its order."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from survey.commands.nachklang import MODULES
from survey.demonstration.story import EVENTS
from tests.commands.shell import Shell

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MOMENTS = {
    "init": datetime(2027, 9, 13, 7, 0, tzinfo=UTC),
    "remind": datetime(2027, 9, 16, 7, 0, tzinfo=UTC),
    "close": datetime(2027, 9, 20, 7, 0, tzinfo=UTC),
    "count": datetime(2027, 9, 20, 8, 0, tzinfo=UTC),
}
"""When somebody types the command, after the congress of the starting file; the others at once."""
COMMAND = re.compile(r"^ *(?:scripts/)?nachklang (\w[^#\n]*)", re.MULTILINE)


def block(beginning: str) -> str:
    """The README's one block of code in which that stands first."""
    blocks = re.findall(r"```\w*\n(.*?)```", README, re.DOTALL)
    (found,) = (text for text in blocks if text.lstrip().startswith(beginning))
    return str(found)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path, is_measured=False)
    (tmp_path / "list.csv").write_text(block("Name;E-Mail"), encoding="utf-8")
    made.at(MOMENTS["init"])
    event = made.succeed("edition", "example", "congress")
    (tmp_path / "event.toml").write_text(event, encoding="utf-8")
    return made


def test_every_command_named_is_a_command() -> None:
    named = set(re.findall(r"nachklang ([\w-]+)", README))

    assert "rehearse" in named
    assert named <= set(MODULES)


def test_every_document_named_is_there() -> None:
    named = re.findall(r"\]\((docs/[^)]+)\)", README)

    assert "docs/commands.md" in named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_demonstration_plays_as_many_events_as_promised() -> None:
    assert "plays seven events through" in README
    assert len(EVENTS) == 7


def test_the_rehearsal_makes_a_report(shell: Shell) -> None:
    (words,) = COMMAND.findall(block("scripts/nachklang rehearse"))

    shell.succeed(*words.split())

    assert len(list((shell.folder / "rehearsal").rglob("*.pdf"))) == 1


def test_a_second_rehearsal_says_how_to_make_room(shell: Shell) -> None:
    (words,) = COMMAND.findall(block("scripts/nachklang rehearse"))
    (shell.folder / "rehearsal").mkdir()
    (shell.folder / "rehearsal" / "nachklang.db").touch()

    told = shell.run(*words.split())

    assert (told.code, told.out) == (1, "")
    assert "Löschen Sie den Ordner, oder nennen Sie einen anderen: --into ORDNER" in told.err


def test_commands_can_be_typed_as_the_hints_name_them() -> None:
    (line,) = (line for line in README.splitlines() if line.startswith("export PATH"))

    found = subprocess.run(
        ["bash", "-c", f'{line}; type -P nachklang; echo "$NACHKLANG_DATA"; type -t test'],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.split() == [
        str(ROOT / "scripts" / "nachklang"), str(ROOT / "data"), "builtin"
    ]  # fmt: skip


def test_a_column_nobody_needs_is_passed_over_as_the_refusal_says(shell: Shell) -> None:
    list_file = shell.folder / "list.csv"
    head, *lines = list_file.read_text(encoding="utf-8").splitlines()
    list_file.write_text(f"{head};Telefon\n{lines[0]};0631 1234\n", encoding="utf-8")

    refused = shell.run("rehearse", "event.toml", "list.csv")

    assert refused.code == 1
    assert "--ignore SPALTE" in refused.err
    assert "Bericht" in shell.succeed("rehearse", "event.toml", "list.csv", "--ignore", "Telefon")


def test_backups_lie_where_the_readme_says_without_secrets_and_settings(shell: Shell) -> None:
    shell.succeed("init")
    shell.succeed("edition", "new", "event.toml")

    shell.succeed("backup")

    places = ("data-backups", "data-backups-keys")
    assert all(f"`{place}`" in README for place in (*places, "data-secret", "data/nachklang.env"))
    copied = {file.name for place in places for file in (shell.folder / place).rglob("*")}
    kept = {file.name for file in (shell.folder / "data-secret").iterdir()} | {"nachklang.env"}
    assert "nachklang.db" in copied
    assert any(name.endswith(".key") for name in copied)
    assert not copied & kept


def test_an_organiser_gets_the_job_done(shell: Shell) -> None:
    written = block("export PATH") + block("nachklang edition new")
    typed = [words.split() for words in COMMAND.findall(written)]

    for words in typed:
        if words[0] in MOMENTS:
            shell.at(MOMENTS[words[0]])
        if words[0] == "serve":
            with shell.serving() as address:
                assert address.startswith("http://127.0.0.1:")
            continue
        ours = {"NAME": "kongress2027", "list.xlsx": "list.csv"}
        told = shell.run(*(ours.get(word, word) for word in words), typed="j\n")
        assert told.code == (1 if words[0] == "doctor" else 0), f"{words}: {told}"
        if words[0] == "doctor":
            assert told.out.splitlines()[1:] == [
                "    Machen Sie eine Sicherung, am besten jede Nacht von selbst.",
                "1 Befund",
            ]

    reports = {path.name for path in (shell.data / "reports").glob("*.pdf")}
    assert "kongress2027-auswertung.pdf" in reports
    assert "kongress2027-auswertung-ws1.pdf" in reports
