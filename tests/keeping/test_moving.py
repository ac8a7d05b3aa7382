"""An installation moves to a server and back: every row comes along, and nothing is left to chance on the way."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from survey.collecting import submit
from survey.counting import count_edition
from survey.errors import NotAllowed, StorageUnavailable
from survey.keeping.founding import is_founded
from survey.keeping.moving import move_to_file, move_to_server
from survey.storage import boxes, upkeep, whole_database
from survey.storage.connection import Database
from survey.storage.sqlite_tables import tables_of_file
from survey.storage.tables import Contents, contents
from survey.urn_watch import check_urns
from tests.counting.ballots import a_response, be_silent, close, people_answer
from tests.people import StoppedClock, add_person, at_rest, settings_below, stored_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord


def held(path: Path) -> dict[str, Contents]:
    """What each table of the file holds."""
    with tables_of_file(path) as tables:
        return contents(tables, tables.columns())


def test_an_open_urn_moves_to_a_server_and_back(
    inst: Installation,
    clock: StoppedClock,
    open_congress: EditionRecord,
    tmp_path: Path,
    empty_postgresql: str,
) -> None:
    invited = people_answer(inst, open_congress, 5)
    inst.database.close()
    upkeep.compact(inst.settings.database)
    before, digest = (
        held(inst.settings.database),
        upkeep.digest_of_file(inst.settings.database),
    )

    moved = move_to_server(inst, empty_postgresql)

    assert dict(moved.tables) == {name: found.rows for name, found in before.items()}
    assert dict(moved.tables)["urn"] == 5
    assert upkeep.digest_of_file(inst.settings.database) == digest  # the file is as it was
    there = at_rest(tmp_path, clock, postgresql=empty_postgresql)
    submit(there, invited[5].token, a_response(5))
    assert check_urns(there) == ()
    there.database.close()

    back = there.settings.database
    back.unlink()
    move_to_file(there, back)

    changed = {name for name, found in held(back).items() if before[name] != found}
    assert changed == {"participant", "urn"}
    assert back.stat().st_mode & 0o077 == 0
    risen = at_rest(tmp_path, clock)
    assert boxes.count(risen.database.read(), open_congress.id) == 6
    assert whole_database.lost_commits(risen.database) == 0
    close(clock)
    protocol = count_edition(risen, "kk2020", by_hand=True, progress=be_silent)
    assert (protocol.opened, stored_record(risen, "kk2020").answered) == (6, 6)
    risen.database.close()


def test_whoever_still_runs_keeps_the_database_where_it_is(
    inst: Installation, open_congress: EditionRecord, empty_postgresql: str
) -> None:
    people_answer(inst, open_congress, 1)
    running = Database(inst.settings.database)
    running.read().execute("SELECT 1")

    with pytest.raises(NotAllowed) as refused:
        move_to_server(inst, empty_postgresql)

    assert "läuft noch" in refused.value.why.key
    assert not is_founded(settings_below(inst.settings.data, postgresql=empty_postgresql))
    running.close()
    move_to_server(inst, empty_postgresql)


def test_whoever_still_runs_on_a_server_keeps_it_there(
    tmp_path: Path, clock: StoppedClock, postgresql: str
) -> None:
    inst = at_rest_on_server(tmp_path, clock, postgresql)
    running = Database(tmp_path / "elsewhere.db", postgresql=postgresql)
    running.read().execute("SELECT 1")

    with pytest.raises(NotAllowed):
        move_to_file(inst, tmp_path / "back.db")

    assert not (tmp_path / "back.db").exists()
    running.close()
    move_to_file(inst, tmp_path / "back.db")
    assert (tmp_path / "back.db").is_file()


def at_rest_on_server(directory: Path, clock: StoppedClock, postgresql: str) -> Installation:
    from tests.people import make_installation  # noqa: PLC0415 -- the only one of its kind here

    return make_installation(directory, clock, postgresql=postgresql)


def test_nothing_is_moved_over_another_installation(
    inst: Installation, tmp_path: Path, postgresql: str
) -> None:
    (tmp_path / "there.db").touch()

    with pytest.raises(NotAllowed):
        move_to_server(inst, postgresql)
    with pytest.raises(NotAllowed):
        move_to_file(inst, tmp_path / "there.db")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(
            lambda inst: inst.database.write(
                lambda c: c.execute("DELETE FROM migration WHERE name >= '0021'")
            ),
            id="not-upgraded",
        ),
        pytest.param(
            lambda inst: (inst.settings.data / "nachklang.db.commits").write_text(
                f"{999:012d} {0:012d}\n"
            ),
            id="commits-lost",
        ),
    ],
)
def test_what_is_not_sound_stays_where_it_is(
    inst: Installation, empty_postgresql: str, spoil: Callable[[Installation], object]
) -> None:
    inst.database.write(lambda c: c.execute("DELETE FROM look"))
    spoil(inst)

    with pytest.raises(NotAllowed):
        move_to_server(inst, empty_postgresql)

    assert not is_founded(settings_below(inst.settings.data, postgresql=empty_postgresql))


def test_a_text_that_a_server_cannot_keep_moves_nothing(
    inst: Installation, open_congress: EditionRecord, empty_postgresql: str
) -> None:
    add_person(inst, open_congress, "Anna\x00Albrecht")

    with pytest.raises(StorageUnavailable):
        move_to_server(inst, empty_postgresql)

    assert not is_founded(settings_below(inst.settings.data, postgresql=empty_postgresql))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE participant SET name = 'Anna Alprecht' WHERE name = 'Anna Albrecht'",
        "UPDATE participant SET has_answered = 1 - has_answered WHERE name = 'Anna Albrecht'",
        "UPDATE participant SET name = number, number = name",
        "DELETE FROM participant WHERE name = 'Bernd Becker'",
        "UPDATE edition SET opens = NULL",
        "UPDATE edition SET public_key = substr(public_key, 2)",
    ],
    ids=["letter", "bit", "swapped", "missing", "null", "byte"],
)
def test_every_difference_between_two_databases_shows(
    inst: Installation, open_congress: EditionRecord, change: str
) -> None:
    add_person(inst, open_congress, "Anna Albrecht")
    add_person(inst, open_congress, "Bernd Becker")
    before = held(inst.settings.database)

    inst.database.write(lambda c: c.execute(change))

    after = held(inst.settings.database)
    assert before != after
    with pytest.raises(StorageUnavailable):
        whole_database.require_equal(before, after)


def test_rows_in_another_order_are_the_same(
    inst: Installation, open_congress: EditionRecord, postgresql: str
) -> None:
    """Whoever changes a row on a server moves it to the end."""
    add_person(inst, open_congress, "Anna Albrecht")
    from survey.storage.postgresql_tables import seen_in_one_moment  # noqa: PLC0415 -- only here

    with closing(psycopg.connect(postgresql, autocommit=True)) as server:
        server.execute("INSERT INTO organisation (id, name) VALUES ('a', ''), ('b', '')")
        with seen_in_one_moment(postgresql) as tables:
            before = contents(tables, tables.columns())
            first = list(tables.rows("organisation", ("id",)))
        server.execute("UPDATE organisation SET name = name WHERE id = 'a'")
        with seen_in_one_moment(postgresql) as tables:
            after = contents(tables, tables.columns())
            second = list(tables.rows("organisation", ("id",)))

    assert first != second
    assert before == after
