"""Where the tables lie is one setting; an address with a password has a file of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.errors import SettingsProblem
from survey.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "postgresql://nachklang:secret@db1.example.org,db2.example.org/nachklang"


def test_without_a_server_the_tables_lie_in_a_file(tmp_path: Path) -> None:
    settings = read_settings({}, data=tmp_path)

    assert (settings.postgresql, settings.database) == ("", tmp_path / "nachklang.db")


@pytest.mark.parametrize("address", [ADDRESS, "host=/run/postgresql dbname=nachklang"])
def test_a_server_is_named_by_its_address(tmp_path: Path, address: str) -> None:
    settings = read_settings({"NACHKLANG_POSTGRESQL": address}, data=tmp_path)

    assert settings.postgresql == address


def test_the_address_may_lie_in_a_file_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "address"
    file.write_text(f"{ADDRESS}\n", encoding="utf-8")

    settings = read_settings({"NACHKLANG_POSTGRESQL_FILE": str(file)}, data=tmp_path)

    assert settings.postgresql == ADDRESS
    assert "nachklang:secret" not in repr(settings)


@pytest.mark.parametrize("address", ["db.example.org", "nachklang", "mysql://db/nachklang"])
def test_what_is_no_address_stops_the_start(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsProblem) as refused:
        read_settings({"NACHKLANG_POSTGRESQL": address}, data=tmp_path)

    assert refused.value.name == "NACHKLANG_POSTGRESQL"
