"""Accounts from the command line: for when nobody is left who can open the door from inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.commands.running import opened_here
from tests.commands.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def founded(tmp_path: Path) -> Shell:
    """A fresh installation."""
    shell = Shell(tmp_path)
    shell.succeed("init")
    return shell


def test_the_beginning_prints_a_link_for_the_first_account(tmp_path: Path) -> None:
    shell = Shell(tmp_path)

    *_, said, link = shell.succeed("init").splitlines()

    assert "Das erste Konto legen Sie hier an" in said
    assert link.startswith("http://127.0.0.1:8000/arbeit/anfang/")


def test_the_link_of_a_service_on_another_port_opens_there() -> None:
    link = "http://127.0.0.1:8000/arbeit/anfang/x"

    here = opened_here(link, "http://127.0.0.1:8000", "http://127.0.0.1:8331/")
    outside = opened_here(link, "https://feedback.example.org", "http://127.0.0.1:8331/")

    assert (here, outside) == ("http://127.0.0.1:8331/arbeit/anfang/x", link)


def test_accounts_and_organisations_are_made_by_command(founded: Shell) -> None:
    *_, link = founded.succeed("account", "new", "olga@stadt.example.org").splitlines()
    made = founded.succeed("account", "organisation", "Stadt Fern")
    identity = made.splitlines()[0].rpartition(" ")[2]
    *_, foreign = founded.succeed(
        "account", "new", "frieda@fern.example.org", "--organisation", identity, "--role", "planner"
    ).splitlines()

    assert link.startswith("http://127.0.0.1:8000/arbeit/einladung/")
    assert foreign.startswith("http://127.0.0.1:8000/arbeit/einladung/")
    assert founded.succeed("account", "list") == "Es gibt noch kein Konto.\n"


@pytest.mark.parametrize("command", ["link", "disable", "enable"])
def test_nobody_is_told_apart_from_somebody_by_a_stack_trace(founded: Shell, command: str) -> None:
    told = founded.run("account", command, "niemand@stadt.example.org")

    assert (told.code, told.err) == (1, "Ein Konto „niemand@stadt.example.org“ gibt es nicht.\n")


def test_an_organisation_that_is_not_there_is_named(founded: Shell) -> None:
    told = founded.run("account", "new", "olga@stadt.example.org", "--organisation", "nirgends")

    assert (told.code, told.err) == (1, "Eine Organisation „nirgends“ gibt es nicht.\n")
