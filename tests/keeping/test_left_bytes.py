"""No byte of a person is left once the periods are over: searched for in every dress, after the real commands."""

from __future__ import annotations

import base64
import email
import os
import re
import subprocess
import sys
import zlib
from datetime import timedelta
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from survey.auditing.canaries import MARKER, sightings
from survey.collecting import submit
from survey.keeping.retention import BACKUPS_KEPT
from survey.reporting.publish import publish_first_version
from tests.counting.ballots import COUNT_TIME, a_response
from tests.events import DEADLINE, congress
from tests.people import store_edition

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from tests.people import StoppedClock

PEOPLE = 12
EVERYBODY = frozenset((person, place) for person in range(PEOPLE) for place in ("mail", "name"))
DAY = timedelta(days=1)
RETENTION = timedelta(days=congress().retention_days)


class Service:
    """The real commands on a test's installation, each a process; what they print is kept as a log."""

    def __init__(self, inst: Installation, clock: StoppedClock, folder: Path) -> None:
        self.inst, self.clock, self.folder = inst, clock, folder
        self.log = folder / "log"
        self.log.mkdir()

    def run(self, *words: str) -> None:
        now = self.folder / "now"
        now.write_text(self.clock().isoformat(), encoding="utf-8")
        settings = self.inst.settings
        environment = os.environ | {
            "NACHKLANG_DATA": str(settings.data),
            "NACHKLANG_SECRET_DIRECTORY": str(settings.secret_directory),
            "NACHKLANG_BACKUP_DIRECTORY": str(settings.backup_directory),
            "NACHKLANG_MAIL_FOLDER": str(settings.mail_folder),
            "NACHKLANG_CLOCK": str(now),
        }
        with (self.log / "commands").open("ab") as log:
            subprocess.run(
                [sys.executable, "-m", "survey", *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                check=True,
            )

    def found(self, *, below: tuple[Path, ...]) -> frozenset[tuple[int, str]]:
        """Whose address or name lies in any file, or in its name."""
        return frozenset(
            seen
            for content in _contents(below)
            for seen in sightings(content) | sightings(content.swapcase())
        )

    def secrets_found(self, secrets: tuple[bytes, ...], *, below: tuple[Path, ...]) -> int:
        """How many secrets of links lie there, in any dress."""
        whole = b"\0".join(content.replace(b"=\n", b"") for content in _contents(below))
        return sum(any(dress in whole for dress in _dresses(secret)) for secret in secrets)

    @property
    def everywhere(self) -> tuple[Path, ...]:
        settings = self.inst.settings
        assert settings.mail_folder is not None
        return (
            settings.data,
            settings.secret_directory,
            settings.backup_directory,
            settings.mail_folder,
            self.log,
        )


def _contents(folders: tuple[Path, ...]) -> list[bytes]:
    files = [path for folder in folders for path in folder.rglob("*")]
    return [bytes(path) for path in files] + [path.read_bytes() for path in files if path.is_file()]


def _dresses(secret: bytes) -> tuple[bytes, ...]:
    text = base64.urlsafe_b64encode(secret).rstrip(b"=")
    return (
        secret,
        text,
        secret.hex().encode(),
        secret.hex().upper().encode(),
        text.decode().encode("utf-16-le"),
        *(base64.b64encode(b"\0" * shift + secret)[4:-4] for shift in range(3)),
    )


def _tokens(folder: Path) -> tuple[str, ...]:
    """The links in the mails that were written."""
    mails = [email.message_from_bytes(p.read_bytes(), policy=default) for p in folder.iterdir()]
    bodies = [mail.get_body(("plain",)) for mail in mails]
    return tuple(
        found[1]
        for body in bodies
        if body is not None
        for found in [re.search(r"/f/([^\s?]+)", body.get_content())]
        if found
    )


@pytest.fixture
def service(inst: Installation, clock: StoppedClock, tmp_path: Path) -> Service:
    """Twelve people were invited by mail, ten have answered, a backup was made."""
    made = Service(inst, clock, tmp_path)
    store_edition(inst, congress())
    people = tmp_path / "liste.csv"
    lines = [
        f"{MARKER}-{n:04d}-mail@example.org;{MARKER}-{n:04d}-name Nachname" for n in range(PEOPLE)
    ]
    people.write_text("\n".join(["E-Mail;Name", *lines]), encoding="utf-8")
    made.run("participants", "import", "kk2020", str(people), "--yes")
    made.run("invite", "kk2020", "--yes")
    made.run("work", "--once")
    return made


@pytest.mark.proves("D7", "D8", "D9", "D10")
def test_nobody_s_bytes_are_left_anywhere_once_the_periods_are_over(
    service: Service, inst: Installation, clock: StoppedClock
) -> None:
    folder = inst.settings.mail_folder
    assert folder is not None
    tokens = _tokens(folder)
    secrets = tuple(inst.links.read_personal_token(token).secret for token in tokens)
    for number, token in enumerate(tokens[:10]):
        submit(inst, token, a_response(number))
    service.run("backup")
    clock.set(COUNT_TIME)
    service.run("count", "kk2020", "--yes")
    publish_first_version(inst, "kk2020")
    kept = tuple(place for place in service.everywhere if place != inst.settings.backup_directory)

    assert len(secrets) == PEOPLE
    assert service.found(below=(inst.settings.data,)) == EVERYBODY
    assert service.found(below=(inst.settings.backup_directory,)) == EVERYBODY
    assert service.found(below=(folder,)) == EVERYBODY
    assert service.secrets_found(secrets, below=(folder,)) == PEOPLE
    assert service.secrets_found(secrets, below=(inst.settings.data,)) == 0

    clock.set(DEADLINE + RETENTION - DAY)
    service.run("work", "--once")
    assert service.found(below=(inst.settings.data,)) == EVERYBODY
    clock.set(DEADLINE + RETENTION)
    service.run("work", "--once")

    assert service.found(below=kept) == frozenset()
    assert service.secrets_found(secrets, below=kept) == 0
    assert service.found(below=(inst.settings.backup_directory,)) == EVERYBODY

    for days in (-1, 0):
        clock.set(DEADLINE + RETENTION + BACKUPS_KEPT + days * DAY)
        service.run("work", "--once")

    assert service.found(below=service.everywhere) == frozenset()
    assert service.secrets_found(secrets, below=service.everywhere) == 0


@pytest.mark.proves("D10")
@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda text: text, id="plain"),
        pytest.param(lambda text: text.decode().encode("utf-16-le"), id="utf-16"),
        pytest.param(lambda text: text.hex().encode(), id="hexadecimal"),
        pytest.param(base64.b64encode, id="base64"),
        pytest.param(lambda text: b"x" + base64.b64encode(b"y" + text), id="shifted base64"),
        pytest.param(lambda text: zlib.compress(text * 3), id="compressed"),
        pytest.param(bytes.swapcase, id="other case"),
    ],
)
def test_the_search_sees_people_in_every_dress(
    inst: Installation, clock: StoppedClock, tmp_path: Path, write: object
) -> None:
    service = Service(inst, clock, tmp_path)
    assert service.found(below=service.everywhere[:3]) == frozenset()

    text = f"{MARKER}-0007-name und mehr".encode()
    (inst.settings.data / "leftover").write_bytes(write(text))  # type: ignore[operator]

    assert service.found(below=service.everywhere[:3]) == {(7, "name")}


def everything_below(folder: Path) -> bytes:
    """All bytes of all files."""
    return b"\0".join(_contents((folder,)))
