"""The cast: an installation with a stopped clock, a small congress, a network call, and their people."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from survey.access.links import SECRET_BYTES, LinkSigner, link_hash
from survey.access.sign_in_cookies import SignInCookies
from survey.installation import Installation
from survey.language.wording import Wording
from survey.model.event import Breakdown, Edition, EditionFormat, EditionKind, EditionRecord, Pair
from survey.model.invitation import Campaign, Participant, Registration
from survey.model.items import (
    Choice,
    LongText,
    MultipleChoice,
    RatingScale,
    Recommendation,
    ShortText,
    SingleChoice,
    TopThree,
    YesNo,
)
from survey.model.programme import Programme, Round, Session, SessionKind
from survey.model.questionnaire import Questionnaire, Section
from survey.preparing import create_edition, opened_for_answers
from survey.settings import Settings
from survey.storage import editions, links, participants
from survey.storage.connection import Database, migrate
from survey.urn.keys import KeyRing
from tests.prepared import copy_prepared, prepare_here

if TYPE_CHECKING:
    from collections.abc import Iterator

START = datetime(2020, 9, 14, 7, 0, tzinfo=UTC)
"""The morning of the first invitations."""
DEADLINE = datetime(2020, 9, 28, 16, 0, tzinfo=UTC)


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


QUALITY = (
    Choice("very_good", Wording("sehr gut", "sehr gut", "very good")),
    Choice("good", Wording("gut", "gut", "good")),
    Choice("fair", Wording("mittel", "mittel", "fair")),
    Choice("poor", Wording("schlecht", "schlecht", "poor")),
    Choice("very_poor", Wording("sehr schlecht", "sehr schlecht", "very poor")),
)
FORMATS = (
    Choice("on_site", Wording("vor Ort", "vor Ort", "on site")),
    Choice("online", Wording("online", "im Internet", "online")),
    Choice("hybrid", Wording("beides", "beides", "hybrid")),
)
SIZES = (
    Choice("small", Wording("unter 5.000 Einwohner")),
    Choice("middle", Wording("5.000 bis 20.000 Einwohner")),
    Choice("large", Wording("über 20.000 Einwohner")),
)
TOPICS = (
    Choice("villages", Wording("Digitale Dörfer")),
    Choice("home_office", Wording("Homeoffice")),
    Choice("participation", Wording("Bürgerbeteiligung")),
    Choice("schools", Wording("Schulen")),
)


def congress_questionnaire() -> Questionnaire:
    """One item of every kind."""
    return Questionnaire(
        (
            Section(
                "workshops",
                Wording("Ihre Workshops", "Ihre Arbeits-Gruppen", "Your workshops"),
                (
                    RatingScale(
                        code="rating",
                        wording=Wording("Wie war dieser Workshop?", en="How was this workshop?"),
                        choices=QUALITY,
                    ),
                    ShortText(code="remark", wording=Wording("Was möchten Sie dazu sagen?")),
                ),
                for_each=(SessionKind.WORKSHOP,),
            ),
            Section(
                "whole",
                Wording("Der ganze Kongress", "Die ganze Veranstaltung", "The whole congress"),
                (
                    RatingScale(
                        code="overall",
                        wording=Wording("Wie war der Kongress?", en="How was the congress?"),
                        choices=QUALITY,
                    ),
                    Recommendation(
                        code="recommendation",
                        wording=Wording("Würden Sie den Kongress weiterempfehlen?"),
                        low=Wording("auf keinen Fall"),
                        high=Wording("auf jeden Fall"),
                    ),
                    SingleChoice(
                        code="next_format",
                        wording=Wording("Wie soll der nächste Kongress stattfinden?"),
                        choices=FORMATS,
                    ),
                    SingleChoice(
                        code="size",
                        wording=Wording("Wie groß ist Ihre Kommune?"),
                        choices=SIZES,
                    ),
                    MultipleChoice(
                        code="heard",
                        wording=Wording("Wie haben Sie teilgenommen?"),
                        choices=(
                            Choice("office", Wording("im Büro")),
                            Choice("home", Wording("zu Hause")),
                            Choice("not", Wording("gar nicht"), is_exclusive=True),
                        ),
                        other_label=Wording("Sonstiges"),
                    ),
                    YesNo(code="technology", wording=Wording("Hat die Technik funktioniert?")),
                    TopThree(
                        code="topics",
                        wording=Wording("Welche Themen wünschen Sie sich?"),
                        choices=TOPICS,
                    ),
                    LongText(code="change", wording=Wording("Was sollen wir ändern?"), limit=250),
                ),
            ),
        )
    )


def congress(name: str = "kk2020") -> Edition:
    """A small Kommunalkongress: four workshops in two rounds, a keynote, a greeting nobody rates."""
    return Edition(
        name=name,
        series="kommunalkongress",
        title="Kommunalkongress 2020",
        kind=EditionKind.CONGRESS,
        format=EditionFormat.ONLINE,
        starts=date(2020, 9, 11),
        ends=date(2020, 9, 11),
        organisation="Ministerium des Innern und für Sport",
        sender="kongress@example.org",
        contact="fragen@example.org",
        deadline=DEADLINE,
        questionnaire=congress_questionnaire(),
        programme=Programme(
            sessions=(
                Session("greeting", Wording("Grußwort"), SessionKind.GREETING, is_rated=False),
                Session(
                    "keynote",
                    Wording("Chancen der Digitalisierung"),
                    SessionKind.KEYNOTE,
                    speakers=("Prof. Dr. Karla König",),
                ),
                Session("ws01", Wording("Digitale Stadt"), SessionKind.WORKSHOP, round="round1"),
                Session("ws02", Wording("Homeoffice"), SessionKind.WORKSHOP, round="round1"),
                Session("ws03", Wording("Digitale Dörfer"), SessionKind.WORKSHOP, round="round2"),
                Session("ws04", Wording("Zukunfts-Check"), SessionKind.WORKSHOP, round="round2"),
            ),
            rounds=(
                Round("round1", Wording("Runde 1", en="Round 1")),
                Round("round2", Wording("Runde 2", en="Round 2")),
            ),
        ),
        contact_name="Frau Fröhlich",
        text_readers="zwei Personen im Ministerium",
        breakdown=Breakdown("size"),
        pairs=(Pair("next_format", "overall"),),
        is_made_up=True,
    )


def network_call(name: str = "ikone2") -> Edition:
    """A network call of two hours with two guest talks, for about 21 people."""
    return Edition(
        name=name,
        series="ikone",
        title="Zweite Videokonferenz IKONE DS",
        kind=EditionKind.NETWORK_CALL,
        format=EditionFormat.ONLINE,
        starts=date(2020, 9, 9),
        ends=date(2020, 9, 9),
        organisation="IKONE DS",
        sender="ikone@example.org",
        contact="ikone-fragen@example.org",
        deadline=DEADLINE,
        questionnaire=Questionnaire(
            (
                Section(
                    "call",
                    Wording("Die Videokonferenz"),
                    (
                        RatingScale(
                            code="overall",
                            wording=Wording("Wie war die Konferenz?"),
                            choices=QUALITY,
                        ),
                        LongText(
                            code="focus", wording=Wording("Worum soll es nächstes Mal gehen?")
                        ),
                    ),
                ),
                Section(
                    "talks",
                    Wording("Die Gastvorträge"),
                    (RatingScale(code="rating", wording=Wording("Wie war er?"), choices=QUALITY),),
                    for_each=(SessionKind.GUEST_TALK,),
                ),
            )
        ),
        programme=Programme(
            sessions=(
                Session("mainz", Wording("Gast aus Mainz"), SessionKind.GUEST_TALK),
                Session("vg", Wording("Gast aus der VG"), SessionKind.GUEST_TALK),
            )
        ),
        is_made_up=True,
    )


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
