"""Settings of the mailbox that mails come back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.errors import SettingsProblem
from survey.settings import Imap, read_settings

ADDRESS = {"NACHKLANG_BOUNCE_ADDRESS": "rueckmeldung@stadt.example"}
IMAP = ADDRESS | {
    "NACHKLANG_BOUNCE_IMAP_HOST": "imap.stadt.example",
    "NACHKLANG_BOUNCE_IMAP_USER": "rueckmeldung",
}


def test_without_an_address_nothing_comes_back_here(tmp_path: Path) -> None:
    settings = read_settings({}, data=tmp_path)

    assert (settings.bounce_address, settings.bounce_maildir, settings.bounce_imap) == (
        "",
        None,
        None,
    )


def test_mails_come_back_to_a_folder_or_to_an_inbox(tmp_path: Path) -> None:
    maildir = ADDRESS | {"NACHKLANG_BOUNCE_MAILDIR": "/var/mail/rueckmeldung"}
    (tmp_path / "secret").write_text("geheim\n", encoding="utf-8")
    imap = IMAP | {"NACHKLANG_BOUNCE_IMAP_PASSWORD_FILE": str(tmp_path / "secret")}

    assert read_settings(maildir, data=tmp_path).bounce_maildir == Path("/var/mail/rueckmeldung")
    found = read_settings(imap, data=tmp_path).bounce_imap
    assert found == Imap("imap.stadt.example", 993, "rueckmeldung", "geheim")
    assert "geheim" not in repr(found)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        pytest.param(
            {"NACHKLANG_BOUNCE_ADDRESS": "stadt.example"}, "BOUNCE_ADDRESS", id="no address"
        ),
        pytest.param(
            {"NACHKLANG_BOUNCE_ADDRESS": "a+b@stadt.example"}, "BOUNCE_ADDRESS", id="plus sign"
        ),
        pytest.param(
            {"NACHKLANG_BOUNCE_ADDRESS": f"{'a' * 18}@stadt.example"},
            "BOUNCE_ADDRESS",
            id="too long for its tag",
        ),
        pytest.param(
            {"NACHKLANG_BOUNCE_MAILDIR": "/var/mail"}, "BOUNCE_ADDRESS", id="folder alone"
        ),
        pytest.param(IMAP | {"NACHKLANG_BOUNCE_MAILDIR": "/var/mail"}, "BOUNCE_MAILDIR", id="both"),
        pytest.param(
            IMAP | {"NACHKLANG_BOUNCE_IMAP_PORT": "viele"}, "BOUNCE_IMAP_PORT", id="no port"
        ),
    ],
)
def test_a_setting_that_cannot_work_stops_the_start(
    tmp_path: Path, given: dict[str, str], name: str
) -> None:
    with pytest.raises(SettingsProblem) as refusal:
        read_settings(given, data=tmp_path)

    assert refusal.value.name == f"NACHKLANG_{name}"


def test_the_longest_name_leaves_room_for_the_tag(tmp_path: Path) -> None:
    given = {"NACHKLANG_BOUNCE_ADDRESS": f"{'a' * 17}@stadt.example"}

    assert read_settings(given, data=tmp_path).bounce_address == f"{'a' * 17}@stadt.example"
