from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from survey.errors import NotAllowed
from survey.keeping.founding import found
from survey.settings import read_settings
from tests.commands.shell import Shell
from tests.people import settings_below

if TYPE_CHECKING:
    from pathlib import Path


def test_an_installation_is_made_for_its_owner_only(tmp_path: Path) -> None:
    settings = settings_below(tmp_path)

    found(settings)

    open_to_others = [
        path
        for top in (settings.data, settings.secret_directory)
        for path in (top, *top.rglob("*"))
        if path.stat().st_mode & 0o077
    ]
    assert settings.database.is_file()
    assert open_to_others == []


def test_the_file_of_settings_sets_nothing_yet(tmp_path: Path) -> None:
    settings = settings_below(tmp_path)
    before = read_settings({}, data=settings.data)

    found(settings)

    assert read_settings({}, data=settings.data) == before


@pytest.mark.parametrize("left_out", ["BOUNCE_MAILDIR", "BOUNCE_IMAP"])
def test_every_setting_suggested_is_a_setting(tmp_path: Path, left_out: str) -> None:
    settings = settings_below(tmp_path)
    found(settings)
    env_file = settings.data / "nachklang.env"
    secret = tmp_path / "password"
    secret.write_text("geheim", encoding="utf-8")

    suggested = env_file.read_text(encoding="utf-8")
    text = re.sub(rf"#NACHKLANG_(?!{left_out})", "NACHKLANG_", suggested)
    env_file.write_text(re.sub(r"_FILE=.*", f"_FILE={secret}", text), encoding="utf-8")

    now = read_settings({}, data=settings.data)
    assert now.smtp is not None
    assert now.smtp.password == "geheim"
    assert now.house is not None
    assert now.house.client_secret == "geheim"
    assert (now.bounce_imap is None) == (left_out == "BOUNCE_IMAP")
    assert now.base_url == "https://feedback.example.org"


def test_an_installation_is_never_made_over_another(tmp_path: Path) -> None:
    settings = settings_below(tmp_path)
    found(settings)
    secrets = [p.read_bytes() for p in sorted(settings.secret_directory.iterdir())]
    database = settings.database.read_bytes()

    with pytest.raises(NotAllowed):
        found(settings)

    assert [p.read_bytes() for p in sorted(settings.secret_directory.iterdir())] == secrets
    assert settings.database.read_bytes() == database


def test_one_that_was_interrupted_is_finished(tmp_path: Path) -> None:
    settings = settings_below(tmp_path)
    settings.data.mkdir(parents=True)
    left = settings.database.with_name("nachklang.db.unfinished")
    left.write_bytes(b"half a database")

    found(settings)

    assert settings.database.is_file()
    assert not left.exists()


def test_without_an_installation_a_command_says_how_to_begin(tmp_path: Path) -> None:
    told = Shell(tmp_path).run("status", "kk2020")

    assert told.code == 1
    assert f"nachklang init --data {tmp_path / 'data'}" in told.err
    assert list(tmp_path.iterdir()) == []
