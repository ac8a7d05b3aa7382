"""`nachklang bounces`: the mailbox for undeliverable mails, read by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mail.bounces.returned import letter, postfix

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.commands.conftest import Typing


def test_the_mailbox_is_read_and_emptied(
    run: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "Maildir" / "new"
    new.mkdir(parents=True)
    (new / "1").write_bytes(postfix("rueckmeldung+x@stadt.example"))
    (new / "2").write_bytes(letter("rueckmeldung@stadt.example"))
    monkeypatch.setenv("NACHKLANG_BOUNCE_ADDRESS", "rueckmeldung@stadt.example")
    monkeypatch.setenv("NACHKLANG_BOUNCE_MAILDIR", str(tmp_path / "Maildir"))

    result = run("bounces")

    # In the language of the machine that runs the tests.
    numbers = [line.partition(" ")[0] for line in result.output.splitlines()]
    assert (result.exit_code, numbers) == (0, ["1", "1"])
    assert list(new.iterdir()) == []


def test_without_a_mailbox_it_says_what_to_set(run: Typing) -> None:
    result = run("bounces")

    assert result.exit_code == 0
    assert "NACHKLANG_BOUNCE_MAILDIR" in result.output


def test_a_mailbox_that_is_away_is_told(
    run: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NACHKLANG_BOUNCE_ADDRESS", "rueckmeldung@stadt.example")
    monkeypatch.setenv("NACHKLANG_BOUNCE_MAILDIR", str(tmp_path / "away"))

    result = run("bounces")

    assert result.exit_code == 1
    assert str(tmp_path / "away") in result.output
