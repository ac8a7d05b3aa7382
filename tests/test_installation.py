from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from survey.installation import clock_of, make_installation
from survey.storage.connection import migrate
from survey.urn.keys import KeyRing

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation


def test_an_installation_is_put_together_from_its_settings(
    inst: Installation, tmp_path: Path
) -> None:
    settings = replace(inst.settings, data=tmp_path / "b", secret_directory=tmp_path / "c")
    settings.data.mkdir()
    migrate(settings.database)
    KeyRing(settings.keys, settings.secret_directory).initialise()

    made = make_installation(settings)

    token = made.links.personal_token("kk2020", b"s" * 16)
    assert made.links.read_personal_token(token).edition_name == "kk2020"
    assert made.database.read().execute("SELECT count(*) FROM edition").fetchone()[0] == 0
    assert made.random_bytes(8) != made.random_bytes(8)


def test_the_clock_tells_the_real_time(inst: Installation) -> None:
    now = clock_of(inst.settings)()

    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)


def test_a_demonstration_believes_in_a_moment(inst: Installation) -> None:
    settings = replace(inst.settings, clock="2020-09-20T12:00:00+02:00")

    assert clock_of(settings)() == datetime(2020, 9, 20, 10, tzinfo=UTC)


def test_a_demonstrations_clock_can_be_moved_by_a_file(inst: Installation, tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("2020-09-20T10:00:00+00:00\n")
    clock = clock_of(replace(inst.settings, clock=str(file)))

    before = clock()
    file.write_text("2020-09-28T10:00:00+00:00")

    assert clock() - before == timedelta(days=8)
