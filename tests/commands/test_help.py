"""Every command explains itself, in German and in English, and the reference says the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.shell import Shell

ROOT = Path(__file__).resolve().parents[2]
WALK = """
import json
from survey.commands.reference import every_command
print(json.dumps({
    context.command_path: {
        "help": context.command.help or "",
        "page": context.get_help(),
        "mute": [p.name for p in context.command.params if not p.help],
    }
    for context in every_command()
}))
"""
NAMED_IN_THE_ORDER = (
    "init",
    "edition new",
    "edition show",
    "edition list",
    "edition change",
    "edition reopen",
    "edition example",
    "participants import",
    "participants show",
    "participants withdraw",
    "participants delete",
    "texts show",
    "texts release",
    "texts withdraw",
    "invite",
    "remind",
    "thank",
    "status",
    "close",
    "count",
    "report",
    "export",
    "serve",
    "work",
    "backup",
    "restore",
    "upgrade",
    "doctor",
    "audit",
)


def walk(locale: str) -> dict[str, dict[str, str]]:
    environment = {**Shell(ROOT, locale).environment(), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", WALK], capture_output=True, text=True, env=environment, check=True
    )
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def german() -> dict[str, dict[str, str]]:
    return walk("de_DE.UTF-8")


@pytest.fixture(scope="module")
def english() -> dict[str, dict[str, str]]:
    return walk("C.UTF-8")


def test_every_command_asked_for_is_there(german: dict[str, dict[str, str]]) -> None:
    missing = {f"nachklang {name}" for name in NAMED_IN_THE_ORDER} - set(german)

    assert missing == set()


def test_every_command_and_option_has_help(german: dict[str, dict[str, str]]) -> None:
    mute = {path: said["mute"] for path, said in german.items() if not said["help"] or said["mute"]}

    assert mute == {}


def test_help_is_translated_everywhere(
    german: dict[str, dict[str, str]], english: dict[str, dict[str, str]]
) -> None:
    same = {path for path in german if german[path]["help"] == english[path]["help"]}

    assert same == set()


def test_german_help_holds_none_of_the_library_s_english(
    german: dict[str, dict[str, str]], english: dict[str, dict[str, str]]
) -> None:
    foreign = (
        "Usage:",
        "Options:",
        "Show this message",
        "Positional arguments",
        "default:",
        "required",
    )
    could_be_foreign = {
        word for word in foreign for said in english.values() if word in said["page"]
    }

    found = {word for word in foreign for said in german.values() if word in said["page"]}

    assert could_be_foreign == set(foreign)
    assert found == set()


def test_reference_is_what_the_commands_say() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    environment = {**Shell(ROOT, "C.UTF-8").environment(), "PYTHONUTF8": "1"}

    said = subprocess.run(
        [sys.executable, "-m", "survey.commands.reference"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    ).stdout

    assert written == said
