"""Settings of the house's own sign-in."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.errors import SettingsProblem
from survey.settings import House, is_safe_address, read_settings

SOUND = {
    "NACHKLANG_OIDC_ISSUER": "https://anmeldung.stadt.de/realms/stadt/",
    "NACHKLANG_OIDC_CLIENT_ID": "nachklang",
}


def test_without_an_issuer_there_is_no_house(tmp_path: Path) -> None:
    assert read_settings({}, data=tmp_path).house is None


def test_a_house_is_called_by_its_host_unless_it_has_a_name(tmp_path: Path) -> None:
    issuer = "https://anmeldung.stadt.de/realms/stadt"

    plain = read_settings(SOUND, data=tmp_path).house
    named = read_settings(SOUND | {"NACHKLANG_OIDC_NAME": "Stadt-Konto"}, data=tmp_path).house

    assert plain == House(issuer, "nachklang", "", "anmeldung.stadt.de")
    assert named == House(issuer, "nachklang", "", "Stadt-Konto")


@pytest.mark.proves("S43")
def test_its_secret_may_come_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("geheim\n", encoding="utf-8")

    house = read_settings(
        SOUND | {"NACHKLANG_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")}, data=tmp_path
    ).house

    assert house is not None
    assert house.client_secret == "geheim"
    assert "geheim" not in repr(house)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"NACHKLANG_OIDC_ISSUER": "http://anmeldung.stadt.de"}, "NACHKLANG_OIDC_ISSUER"),
        ({"NACHKLANG_OIDC_ISSUER": "anmeldung.stadt.de"}, "NACHKLANG_OIDC_ISSUER"),
        ({"NACHKLANG_OIDC_CLIENT_ID": ""}, "NACHKLANG_OIDC_CLIENT_ID"),
    ],
)
def test_a_house_that_cannot_work_stops_the_start(
    tmp_path: Path, change: dict[str, str], name: str
) -> None:
    with pytest.raises(SettingsProblem) as refused:
        read_settings(SOUND | change, data=tmp_path)

    assert refused.value.name == name


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://stadt.de", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost", True),
        ("http://stadt.de", False),
        ("http://127.0.0.1.stadt.de", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("http://[", False),
    ],
)
def test_only_this_machine_is_asked_without_tls(address: str, *, expected: bool) -> None:
    assert is_safe_address(address) is expected
