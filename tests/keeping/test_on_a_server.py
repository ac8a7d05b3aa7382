"""An installation whose tables lie on a PostgreSQL server keeps what one in a file keeps."""

from __future__ import annotations

from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import psycopg
import pytest

from survey.collecting import submit, take_back
from survey.counting import count_edition
from survey.errors import NotAllowed, StorageUnavailable
from survey.keeping.backup import DATABASE, make_backup, prove_backup
from survey.keeping.doctor import examine
from survey.keeping.founding import found, is_founded
from survey.keeping.restore import restore_backup
from survey.keeping.server_settings import diagnose_server
from survey.keeping.upgrade import upgrade
from survey.storage import boxes, upkeep, whole_database
from survey.storage import postgresql as driver
from survey.urn_watch import check_urns, confirm_urn
from tests.counting.ballots import a_response, be_silent, close, people_answer
from tests.events import congress
from tests.people import (
    StoppedClock,
    add_person,
    at_rest,
    make_installation,
    open_edition,
    settings_below,
    store_edition,
    stored_record,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited

OF_THE_TESTS_SERVER = [
    "Der Datenbankserver schreibt nicht sicher auf die Platte: %(name)s",
    "Der Datenbankserver schreibt nicht sicher auf die Platte: %(name)s",
    "Der Datenbankserver schreibt bei Fehlern Adressen in sein Protokoll.",
]
"""It is fast instead of durable, and nobody's log."""
MISSING = "Der Datenbank fehlen die letzten %(lost)d Änderungen, die schon gespeichert waren."
AWAY = "Der Datenbankserver antwortet nicht: %(fault)s"
SOUND = {
    "fsync": "on",
    "full_page_writes": "on",
    "is_open_on_the_wire": "False",
    "log_error_verbosity": "terse",
    "log_min_duration_sample": "-1",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_transaction_sample_rate": "0",
    "standbys": "1",
    "synchronous_commit": "on",
    "synchronous_standby_names": "second",
    "track_commit_timestamp": "off",
}


@pytest.fixture
def inst(tmp_path: Path, clock: StoppedClock, postgresql: str) -> Iterator[Installation]:
    installation = make_installation(tmp_path / "one", clock, postgresql=postgresql)
    yield installation
    installation.database.close()


@pytest.fixture
def other(inst: Installation, tmp_path: Path, clock: StoppedClock) -> Iterator[Installation]:
    """Another machine of the same installation, with notes of its own and the same keys."""
    directory = tmp_path / "two"
    (directory / "data").mkdir(parents=True)
    (directory / "data" / "keys").symlink_to(inst.settings.keys)
    (directory / "secret").symlink_to(inst.settings.secret_directory)
    machine = at_rest(directory, clock, postgresql=inst.settings.postgresql)
    yield machine
    machine.database.close()


def as_they_lie(inst: Installation) -> list[str]:
    """Ids of participants in the order of the server's own file."""
    rows = inst.database.read().execute("SELECT id FROM participant").fetchall()
    return [row["id"] for row in rows]


def told(inst: Installation) -> list[str]:
    return [d.what.key for d in examine(inst)]


def test_a_whole_edition_is_counted_and_its_key_destroyed(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, 12)
    Random(1).shuffle(shuffled := list(invited[:12]))  # noqa: S311 -- an order that can be repeated
    for number, person in enumerate(shuffled):
        submit(inst, person.token, a_response(number))
    before = as_they_lie(inst)
    close(clock)

    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    record = stored_record(inst, "kk2020")
    assert (protocol.boxes, protocol.opened, record.answered) == (12, 12, 12)
    assert inst.keys.is_destroyed(record.id)
    assert boxes.count(inst.database.read(), record.id) == 0
    prove_backup(inst, inst.settings.backup_directory / protocol.backup)
    # Rows lie as they were changed until the count, and nobody can tell any longer who answered.
    assert before != sorted(before)
    assert as_they_lie(inst) == sorted(before)


def test_a_backup_is_a_file_and_can_be_put_back(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, 5)
    backup = make_backup(inst)
    submit(inst, invited[5].token, a_response(5))

    restored = restore_backup(backup, inst.settings, now=clock())

    assert upkeep.sizes_of_file(backup / DATABASE)["urn"] == 5
    assert restored.lost_boxes == (("kk2020", 1),)
    assert restored.replaced is not None
    assert upkeep.sizes_of_file(restored.replaced / DATABASE)["urn"] == 6
    assert boxes.count(inst.database.read(), open_congress.id) == 5
    submit(inst, invited[5].token, a_response(6))
    assert check_urns(inst) == ()
    assert told(inst) == OF_THE_TESTS_SERVER


def test_a_restore_that_fails_leaves_everything_as_it_was(
    inst: Installation, open_congress: EditionRecord, tmp_path: Path
) -> None:
    people_answer(inst, open_congress, 2)
    copy = tmp_path / "copy.db"
    whole_database.copy_into(inst.database, copy)
    before = whole_database.table_sizes(inst.database)

    with pytest.raises(StorageUnavailable):
        _replace_and_fail(inst, copy)

    assert whole_database.table_sizes(inst.database) == before


def _replace_and_fail(inst: Installation, copy: Path) -> None:
    with whole_database.replaced_by(copy, inst.settings) as connection:
        connection.execute("DELETE FROM urn")
        raise StorageUnavailable


def test_an_installation_is_founded_once(
    empty_postgresql: str, tmp_path: Path, clock: StoppedClock
) -> None:
    settings = settings_below(tmp_path, postgresql=empty_postgresql)
    was_there = is_founded(settings)

    found(settings)

    with pytest.raises(NotAllowed):
        found(settings)
    inst = at_rest(tmp_path, clock, postgresql=empty_postgresql)
    upgraded = upgrade(inst)
    assert (was_there, is_founded(settings)) == (False, True)
    assert (upgraded.migrations, settings.database.exists()) == ((), False)
    inst.database.close()


def test_another_machine_may_take_a_box_out(
    inst: Installation, other: Installation, open_congress: EditionRecord
) -> None:
    anna, bernd, clara = three_people(inst, open_congress)
    submit(inst, anna.token, a_response(1))
    submit(inst, bernd.token, a_response(2))

    take_back(other, bernd.token)
    submit(inst, clara.token, a_response(3))

    assert boxes.count(inst.database.read(), open_congress.id) == 2
    assert (check_urns(inst), check_urns(other)) == ((), ())


def test_commits_that_the_server_has_lost_bar_the_urn_until_somebody_has_looked(
    inst: Installation, open_congress: EditionRecord
) -> None:
    anna, bernd, clara = three_people(inst, open_congress)
    submit(inst, anna.token, a_response(1))
    submit(inst, bernd.token, a_response(2))
    is_sound = told(inst)

    # As after a failover to a server that had not received the last of them.
    with closing(psycopg.connect(inst.settings.postgresql, autocommit=True)) as server:
        server.execute("UPDATE commit_count SET n = n - 1")
        server.execute("DELETE FROM urn WHERE slot = (SELECT MAX(slot) FROM urn)")
        server.execute(
            "UPDATE participant SET has_answered = 0 WHERE id = %s", (bernd.participant.id,)
        )

    assert MISSING not in is_sound
    assert MISSING in told(inst)
    with pytest.raises(StorageUnavailable):
        submit(inst, clara.token, a_response(3))
    confirm_urn(inst, "kk2020")
    submit(inst, clara.token, a_response(3))
    assert MISSING not in told(inst)


def three_people(inst: Installation, record: EditionRecord) -> tuple[Invited, Invited, Invited]:
    return (
        add_person(inst, record, "Anna Albrecht"),
        add_person(inst, record, "Bernd Becker"),
        add_person(inst, record, "Clara Conrad"),
    )


def test_a_server_that_is_away_is_told(
    tmp_path: Path, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "SECONDS_FOR_A_READER", 0.1)
    make_installation(tmp_path, clock).database.close()
    away = at_rest(tmp_path, clock, postgresql=f"host={tmp_path} dbname=nowhere")

    with pytest.raises(StorageUnavailable):
        is_founded(away.settings)
    assert AWAY in told(away)
    away.database.close()


def test_a_sound_server_has_nothing() -> None:
    assert list(diagnose_server(SOUND)) == []


@pytest.mark.parametrize(
    ("changed", "is_urgent"),
    [
        ({"fsync": "off"}, True),
        ({"full_page_writes": "off"}, True),
        ({"synchronous_commit": "local"}, True),
        ({"track_commit_timestamp": "on"}, True),
        ({"log_statement": "all"}, True),
        ({"log_min_duration_statement": "250"}, True),
        ({"log_transaction_sample_rate": "0.01"}, True),
        ({"log_parameter_max_length_on_error": "-1"}, True),
        ({"log_error_verbosity": "default"}, False),
        ({"is_open_on_the_wire": "True"}, True),
        ({"synchronous_standby_names": ""}, False),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else str(value),
)
def test_each_setting_that_breaks_a_promise_is_told(
    *, changed: dict[str, str], is_urgent: bool
) -> None:
    found = list(diagnose_server(SOUND | changed))

    assert [d.is_urgent for d in found] == [is_urgent]


def test_statements_without_their_values_may_be_logged() -> None:
    found = {"log_statement": "all", "log_parameter_max_length": "0"}

    assert list(diagnose_server(SOUND | found)) == []


@pytest.fixture
def open_congress(inst: Installation) -> EditionRecord:
    return open_edition(inst, store_edition(inst, congress()))
