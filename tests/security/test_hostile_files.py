"""Whatever file is uploaded is read or refused in words: never an error of ours, never half of it taken.

The files are real ones, damaged. NACHKLANG_TESTS=long tries thousands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.bouncing import read_bounces
from survey.installation import Installation
from survey.inviting import invite
from survey.mail.bounces.sender import bounce_sender
from survey.mail.delivery import FolderDelivery
from survey.mail.outbox import send_due
from survey.web.workplace.desk import desk_endpoint
from tests.forms.test_logo_file import picture, written
from tests.mail.bounces.returned import exchange, out_of_office, postfix, read_receipt
from tests.people import StoppedClock, make_installation
from tests.security.mutations import (
    EXAMPLES,
    IS_LONG,
    Change,
    changes,
    damaged,
    damaged_workbook,
)
from tests.security.site_map import place_of, site_map
from tests.security.two_towns import TwoTowns, settle
from tests.web.workplace.test_matrix import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx2

SERIES = "/arbeit/reihen/kommunalkongress/frueher/neu"
PEOPLE = "/arbeit/ausgaben/kk2020/teilnehmende/liste"
PASSING = {"held_list", "held_earlier"}
"""Where a file that was understood waits for somebody to say yes."""


def tried(*, short: int, long: int) -> settings:
    """How many examples; the same each time in the short form."""
    return settings(
        max_examples=long if IS_LONG else short,
        derandomize=not IS_LONG,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoTowns]:
    """A town of its own: here something is written."""
    clock = StoppedClock()
    inst = make_installation(tmp_path_factory.mktemp("town") / "installation", clock)
    yield settle(inst, clock)
    inst.database.close()


@dataclass(frozen=True, slots=True)
class Door:
    """Where a file is uploaded, and where its page leads."""

    address: str
    field: str
    fields: tuple[tuple[str, str], ...] = ()
    then: tuple[str, ...] = ()
    """Pages that show what was read."""

    def send(self, town: TwoTowns, name: str, content: bytes) -> httpx2.Response:
        """The reply to the file."""
        return town.olga.client.post(
            self.address,
            data={"_proof": town.olga.proof, **dict(self.fields)},
            files={self.field: (name, content)},
        )


def read_or_refused(
    town: TwoTowns, door: Door, name: str, content: bytes, *, may_change: set[str]
) -> int:
    """The status: what was refused has changed nothing, what was read has changed its own tables only."""
    before = contents(town.inst)

    reply = door.send(town, name, content)

    after = contents(town.inst)
    changed = {table for table in after if after[table] != before[table]}
    assert reply.status_code in {200, 303, 413, 422}, (reply.status_code, content)
    assert changed <= (may_change if reply.status_code == 303 else set()), content
    if reply.status_code == 303:
        for address in (reply.headers["location"], *door.then):
            shown = town.olga.ask("GET", address)
            assert shown.status_code in {200, 303}, (address, shown.status_code, content)
    return reply.status_code


LIST = Door(PEOPLE, "list", then=(f"{PEOPLE}/spalten", f"{PEOPLE}/pruefen"))
NEW_EDITION = Door("/arbeit/ausgaben/neu/datei", "file")
CHANGED_EDITION = Door("/arbeit/ausgaben/kk2020/angaben/einlesen", "file")
COUNTED = Door(SERIES, "file", then=(f"{SERIES}/angaben", f"{SERIES}/fragen", f"{SERIES}/pruefen"))
STRUCTURE = Door(f"{SERIES}/aufbau", "structure", then=(f"{SERIES}/fragen",))
MAPPING = Door(f"{SERIES}/zuordnung", "mapping-file", then=(f"{SERIES}/fragen",))
LOGO = Door("/arbeit/einstellungen/logo", "picture", fields=(("alternative", "Wappen"),))
PNG, JPEG = written(picture(), "PNG"), written(picture(), "JPEG")
SEEDS = {
    name: (EXAMPLES / name).read_bytes() for name in sorted(p.name for p in EXAMPLES.iterdir())
}


DOORS = (LIST, NEW_EDITION, CHANGED_EDITION, COUNTED, STRUCTURE, MAPPING, LOGO)


def test_everything_that_takes_a_file_is_tried() -> None:
    doors = {place.path for door in DOORS if (place := place_of(door.address)) is not None}

    taking = {
        route.path
        for route in site_map()
        if (endpoint := desk_endpoint(route)) is not None and endpoint.takes_file
    }

    assert taking == doors
    assert len(doors) == len(DOORS)


def test_sound_files_come_in(town: TwoTowns) -> None:
    limesurvey = SEEDS["kk2016-limesurvey.csv"]

    statuses = [
        read_or_refused(town, LIST, "kk2018.csv", SEEDS["kk2018.csv"], may_change=PASSING),
        read_or_refused(town, LIST, "kk2020.xlsx", SEEDS["kk2020.xlsx"], may_change=PASSING),
        read_or_refused(town, COUNTED, "kk2016.csv", limesurvey, may_change=PASSING),
        read_or_refused(
            town, STRUCTURE, "x.lss", SEEDS["kk2016-limesurvey.lss"], may_change=PASSING
        ),
        read_or_refused(
            town, MAPPING, "x.toml", SEEDS["kk2016-zuordnung.toml"], may_change=PASSING
        ),
        read_or_refused(town, LOGO, "x.png", PNG, may_change={"logo", "profile", "deed"}),
        read_or_refused(
            town, NEW_EDITION, "x.toml", SEEDS["ikone-2.toml"], may_change={"edition", "deed"}
        ),
        read_or_refused(town, CHANGED_EDITION, "x.toml", SEEDS["kk2020.toml"], may_change=set()),
        CHANGED_EDITION.send(town, "x.toml", b"name = 1").status_code,
    ]

    assert statuses == [303, 303, 303, 303, 303, 303, 303, 200, 422]


@pytest.mark.proves("S15", "S29")
@given(st.sampled_from(["kk2018.csv", "kk2019.csv", "ikone-1.csv"]), changes())
@tried(short=30, long=1000)
def test_any_list_of_people_is_read_or_refused(
    town: TwoTowns, name: str, done: list[Change]
) -> None:
    read_or_refused(town, LIST, name, damaged(SEEDS[name], done), may_change=PASSING)


@pytest.mark.proves("S15", "S30")
@given(
    name=st.sampled_from(["kk2020.xlsx"]),
    part=st.floats(0, 1),
    done=changes(),
    inside=st.booleans(),
)
@tried(short=6, long=100)
def test_any_workbook_of_people_is_read_or_refused(
    town: TwoTowns, name: str, part: float, done: list[Change], *, inside: bool
) -> None:
    content = (
        damaged_workbook(SEEDS[name], done, part=part) if inside else damaged(SEEDS[name], done)
    )

    read_or_refused(town, LIST, name, content, may_change=PASSING)


@pytest.mark.proves("S15", "S29")
@given(st.sampled_from(["kk2018.toml", "kk2020.toml", "ikone-1.toml"]), changes())
@tried(short=25, long=400)
def test_any_edition_file_is_read_or_refused(town: TwoTowns, name: str, done: list[Change]) -> None:
    content = damaged(SEEDS[name], done)

    read_or_refused(town, CHANGED_EDITION, name, content, may_change=set())
    read_or_refused(town, NEW_EDITION, name, content, may_change={"edition", "deed"})


@pytest.mark.proves("S15", "S29")
@given(st.sampled_from(["kk2016-limesurvey.csv"]), changes())
@tried(short=20, long=400)
def test_any_export_of_another_tool_is_read_or_refused(
    town: TwoTowns, name: str, done: list[Change]
) -> None:
    read_or_refused(town, COUNTED, name, damaged(SEEDS[name], done), may_change=PASSING)


@pytest.mark.proves("S15", "S30")
@given(part=st.floats(0, 1), done=changes(), inside=st.booleans())
@tried(short=6, long=100)
def test_any_workbook_of_frequencies_is_read_or_refused(
    town: TwoTowns, part: float, done: list[Change], *, inside: bool
) -> None:
    seed = SEEDS["kk2017-haeufigkeiten.xlsx"]
    content = damaged_workbook(seed, done, part=part) if inside else damaged(seed, done)

    read_or_refused(town, COUNTED, "h.xlsx", content, may_change=PASSING)


@pytest.mark.proves("S11", "S15")
@given(changes(), changes())
@tried(short=20, long=400)
def test_any_structure_and_mapping_are_read_or_refused(
    town: TwoTowns, structure: list[Change], mapping: list[Change]
) -> None:
    sound = SEEDS["kk2016-limesurvey.csv"]
    assert COUNTED.send(town, "kk2016.csv", sound).status_code == 303

    content = damaged(SEEDS["kk2016-limesurvey.lss"], structure)
    read_or_refused(town, STRUCTURE, "x.lss", content, may_change=PASSING)
    content = damaged(SEEDS["kk2016-zuordnung.toml"], mapping)
    read_or_refused(town, MAPPING, "x.toml", content, may_change=PASSING)


@pytest.mark.proves("S7", "S29")
@given(st.sampled_from([PNG, JPEG]), changes())
@tried(short=25, long=1000)
def test_any_picture_is_taken_or_refused(town: TwoTowns, seed: bytes, done: list[Change]) -> None:
    content = damaged(seed, done)

    read_or_refused(town, LOGO, "x.png", content, may_change={"logo", "profile", "deed"})


@dataclass
class Letters:
    """A mailbox with one letter."""

    content: bytes
    is_deleted: bool = False

    def unread(self) -> Iterator[tuple[str, bytes]]:
        yield "1", self.content

    def delete(self, key: str) -> None:
        self.is_deleted = key == "1"

    def leave(self, key: str) -> None:
        assert key == "1"

    def close(self) -> None:
        """Nothing more is wanted."""


def coming_back(inst: Installation) -> Installation:
    """The installation, which reads what comes back."""
    settings = replace(inst.settings, bounce_address="rueckmeldung@stadt.example")
    return replace(inst, settings=settings)


def sender_of_a_mail(inst: Installation) -> str:
    """What the envelope of a mail says that has left."""
    connection = inst.database.read()
    query = "SELECT edition, message_id FROM outbox WHERE message_id <> '' LIMIT 1"
    row = connection.execute(query).fetchone()
    if row is None:
        invite(inst, "ikone2")
        delivery = FolderDelivery(inst.settings.data / "mails")
        send_due(inst, delivery, progress=lambda _done, _of: None)
        row = connection.execute(query).fetchone()
    return bounce_sender(coming_back(inst), edition_id=row["edition"], message_id=row["message_id"])


def test_a_sound_report_marks_its_mail(town: TwoTowns) -> None:
    letter = Letters(postfix(sender_of_a_mail(town.inst)))

    assert read_bounces(coming_back(town.inst), letter).failed == 1


@pytest.mark.proves("S15")
@given(st.sampled_from([postfix, exchange, out_of_office, read_receipt]), changes())
@tried(short=40, long=2000)
def test_any_returned_mail_is_read_or_left(
    town: TwoTowns, write: Callable[[str], bytes], done: list[Change]
) -> None:
    address = sender_of_a_mail(town.inst)
    letter = Letters(damaged(write(address), done))
    before = contents(town.inst)

    read = read_bounces(coming_back(town.inst), letter)

    after = contents(town.inst)
    changed = {table for table in after if after[table] != before[table]}
    assert changed <= {"outbox", "suppression", "staff_mail", "notice_sent", "soft_bounce"}
    assert letter.is_deleted == (read.reports + read.automatic == 1)
