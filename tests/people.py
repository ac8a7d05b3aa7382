"""The cast: an installation with a stopped clock, its two events, and their people."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from survey.access.links import SECRET_BYTES, LinkSigner, link_hash
from survey.access.sign_in_cookies import SignInCookies
from survey.installation import Installation
from survey.model.event import Edition, EditionRecord
from survey.model.invitation import Campaign, Participant, Registration
from survey.preparing import create_edition, opened_for_answers
from survey.settings import Settings
from survey.storage import editions, links, participants
from survey.storage.connection import Database, migrate
from survey.urn.keys import KeyRing
from tests.events import congress, network_call
from tests.prepared import copy_prepared, prepare_here

if TYPE_CHECKING:
    from collections.abc import Iterator

START = datetime(2020, 9, 14, 7, 0, tzinfo=UTC)
"""The morning of the first invitations."""


class StoppedClock:
    """A clock that stands until a test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span

    def set(self, moment: datetime) -> None:
        self.now = moment


@dataclass(frozen=True, slots=True)
class Invited:
    """A person with the link of one mail."""

    participant: Participant
    token: str
    secret: bytes

    @property
    def id(self) -> str:
        return self.participant.id


def make_installation(
    directory: Path, clock: StoppedClock, *, postgresql: str = ""
) -> Installation:
    """A whole installation below the directory, its database migrated and its keys made.

    On a server, its tables are there already.
    """
    settings = settings_below(directory)
    settings.data.mkdir(parents=True)
    if not postgresql:
        settings.database.write_bytes(empty_database())
    KeyRing(settings.keys, settings.secret_directory).initialise()
    settings.witnesses.mkdir()
    return at_rest(directory, clock, postgresql=postgresql)


@cache
def empty_database() -> bytes:
    """A database with the newest schema and nothing in it, made once: each migration waits for the disk."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "nachklang.db"
        migrate(path)
        return path.read_bytes()


def at_rest(directory: Path, clock: StoppedClock, *, postgresql: str = "") -> Installation:
    """The installation that was made below the directory, started anew."""
    settings = settings_below(directory, postgresql=postgresql)
    keys = KeyRing(settings.keys, settings.secret_directory)
    return Installation(
        settings=settings,
        database=Database(settings.database, postgresql=postgresql),
        links=LinkSigner(keys.signing_key()),
        keys=keys,
        clock=clock,
        random_bytes=os.urandom,
        cookies=SignInCookies(keys.signing_key()),
    )


def settings_below(directory: Path, *, postgresql: str = "") -> Settings:
    """The settings of a test's installation: everything lies below one directory."""
    return Settings(
        data=directory / "data",
        base_url="https://feedback.example.org",
        secret_directory=directory / "secret",
        backup_directory=directory / "backups",
        mail_folder=directory / "mails",
        smtp=None,
        mails_per_second=1000,
        zone=ZoneInfo("Europe/Berlin"),
        postgresql=postgresql,
    )


def store_edition(inst: Installation, edition: Edition) -> EditionRecord:
    """A planned edition with its key."""
    return create_edition(inst, edition)


def open_edition(inst: Installation, record: EditionRecord, *, invited: int = 40) -> EditionRecord:
    """The edition after its first invitation."""
    return inst.database.write(
        lambda c: opened_for_answers(
            c, stored_record(inst, record.name), inst.clock(), invited=invited
        )
    )


def stored_record(inst: Installation, name: str) -> EditionRecord:
    """The edition as it is stored now."""
    record = editions.find(inst.database.read(), name)
    assert record is not None
    return record


def add_person(
    inst: Installation,
    record: EditionRecord,
    name: str,
    *,
    sessions: tuple[str, ...] = (),
    address: str = "",
) -> Invited:
    """A participant with the link of the invitation."""
    participant = Participant(
        edition=record.id,
        id=inst.random_bytes(8).hex(),
        address=address or f"{name.split(maxsplit=1)[0].lower()}@example.org",
        name=name,
        language="de",
        number="",
        sessions=sessions,
        has_answered=False,
        is_no_show=False,
        has_opted_out=False,
        is_withdrawn=False,
    )
    identity = "\n".join(Registration(participant.address, name).identity)
    inst.database.write(
        lambda connection: participants.insert(connection, participant, identity=identity)
    )
    return add_link(inst, record, participant, Campaign.INVITATION)


def add_link(
    inst: Installation, record: EditionRecord, participant: Participant, campaign: Campaign
) -> Invited:
    """The same person with the link of another mail."""
    secret = inst.random_bytes(SECRET_BYTES)
    inst.database.write(
        lambda connection: links.insert(
            connection,
            record.id,
            hashed=link_hash(record.id, secret),
            participant=participant.id,
            campaign=campaign,
        )
    )
    return Invited(participant, inst.links.personal_token(record.name, secret), secret)


@pytest.fixture
def clock() -> StoppedClock:
    """A clock standing on the morning of the invitations."""
    return StoppedClock()


@pytest.fixture
def inst(
    request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock
) -> Iterator[Installation]:
    """An installation with nothing in it, or prepared for the test; in a file unless NACHKLANG_ENGINE=postgresql."""
    is_on_server = os.environ.get("NACHKLANG_ENGINE") == "postgresql"
    server: str = request.getfixturevalue("postgresql") if is_on_server else ""
    if not server and copy_prepared(request, tmp_path, clock):
        installation = at_rest(tmp_path, clock)
    else:
        installation = make_installation(tmp_path, clock, postgresql=server)
        prepare_here(request, installation, clock)
    yield installation
    installation.database.close()


@pytest.fixture
def open_congress(inst: Installation) -> EditionRecord:
    """The congress, open for answers."""
    return open_edition(inst, store_edition(inst, congress()))


@pytest.fixture
def open_call(inst: Installation) -> EditionRecord:
    """The network call, open for answers, with fewer than 30 invited."""
    return open_edition(inst, store_edition(inst, network_call()), invited=21)


@pytest.fixture
def anna(inst: Installation, open_congress: EditionRecord) -> Invited:
    """Anna Albrecht booked a workshop in each round."""
    return add_person(inst, open_congress, "Anna Albrecht", sessions=("ws01", "ws03"))


@pytest.fixture
def bernd(inst: Installation, open_congress: EditionRecord) -> Invited:
    """Bernd Becker booked one workshop."""
    return add_person(inst, open_congress, "Bernd Becker", sessions=("ws02",))


@pytest.fixture
def clara(inst: Installation, open_congress: EditionRecord) -> Invited:
    """Clara Conrad booked nothing."""
    return add_person(inst, open_congress, "Clara Conrad")
