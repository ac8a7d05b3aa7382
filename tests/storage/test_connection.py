"""The writer: one commit for what has gathered, a refusal for itself alone, no success without durability."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from survey.errors import StorageUnavailable, WitnessMismatch
from survey.storage import sqlite
from survey.storage.connection import Connection, Database, foreign_errors, migrate
from tests.people import empty_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """One of either engine."""
    if request.param == "sqlite":
        database = in_a_file(tmp_path)
    else:
        database = Database(
            tmp_path / "nachklang.db", postgresql=request.getfixturevalue("postgresql")
        )
    yield database
    database.close()


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    """One in a file, for what a server has not."""
    database = in_a_file(tmp_path)
    yield database
    database.close()


def in_a_file(directory: Path) -> Database:
    path = directory / "nachklang.db"
    path.write_bytes(empty_database())
    return Database(path)


def fresh(database: Database) -> Database:
    """The same database, as another process opens it."""
    return Database(database.path, postgresql=database.postgresql)


def add(name: str) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        connection.execute("INSERT INTO migration (name) VALUES (:name)", {"name": name})

    return work


def names(database: Database) -> set[str]:
    rows = database.read().execute("SELECT name FROM migration").fetchall()
    return {row["name"] for row in rows if not row["name"].endswith(".sql")}


def together(
    database: Database, works: list[Callable[[Connection], Any]], *, watch: Watch | None = None
) -> list[object]:
    """What each write got, all of them having waited for one commit."""
    gate = threading.Event()
    is_held = threading.Event()

    def hold(_: Connection) -> None:
        is_held.set()
        assert gate.wait(20)

    def outcome(work: Callable[[Connection], Any]) -> object:
        try:
            return database.write(work, watch=watch)
        except Exception as error:  # noqa: BLE001 -- the outcome
            return error

    with ThreadPoolExecutor(len(works) + 1) as pool:
        first = pool.submit(database.write, hold)
        assert is_held.wait(20)  # the writer is busy: whatever comes now waits
        futures = []
        for n, work in enumerate(works, 1):
            futures.append(pool.submit(outcome, work))
            while database._writes.qsize() < n:
                pass
        gate.set()
        first.result(20)
        return [future.result(20) for future in futures]


@pytest.mark.proves("S15", "U8")
def test_a_refusal_in_a_shared_commit_undoes_only_itself(database: Database) -> None:
    def refuse(connection: Connection) -> None:
        add("refused")(connection)
        raise ValueError("no")

    outcomes = together(database, [add("one"), refuse, add("two"), add("one")])

    assert [type(o).__name__ for o in outcomes] == [
        "NoneType",
        "ValueError",
        "NoneType",
        "ConstraintBroken",
    ]
    assert names(database) == {"one", "two"}


@pytest.mark.proves("R4")
def test_a_failing_statement_fails_everybody_in_its_commit(database: Database) -> None:
    def fail(connection: Connection) -> None:
        connection.execute("SELECT x FROM nowhere")

    outcomes = together(database, [add("one"), fail, add("two")])

    assert [type(o) for o in outcomes] == [StorageUnavailable] * 3
    assert names(database) == set()
    database.write(add("later"))
    assert names(database) == {"later"}


@pytest.mark.proves("S15")
@pytest.mark.proves("R4", "U8")
def test_a_failing_commit_fails_everybody_in_it(database: Database) -> None:
    # A deferred foreign key is looked at by COMMIT itself.
    def dangle(connection: Connection) -> None:
        connection.execute(
            """
            ALTER TABLE urn ALTER CONSTRAINT urn_edition_fkey DEFERRABLE INITIALLY DEFERRED
            """
            if database.postgresql
            else "PRAGMA defer_foreign_keys=ON"
        )
        connection.execute(
            "INSERT INTO urn (edition, slot, box) VALUES (:edition, :slot, :box)",
            {"edition": "nowhere", "slot": "0" * 64, "box": b""},
        )

    outcomes = together(database, [add("one"), dangle, add("two")])

    assert [type(o) for o in outcomes] == [StorageUnavailable] * 3
    assert names(database) == set()


def test_database_that_is_away_is_unavailable_to_readers_and_writers(tmp_path: Path) -> None:
    database = Database(tmp_path / "nowhere" / "nachklang.db")

    with pytest.raises(StorageUnavailable):
        database.write(add("one"))
    with pytest.raises(StorageUnavailable):
        database.read()
    assert not (tmp_path / "nowhere").exists()
    database.close()


def test_writer_goes_on_when_the_database_is_back(file: Database) -> None:
    database = file
    database.write(add("one"))
    away = database.path.with_suffix(".away")
    database.path.rename(away)
    with pytest.raises(StorageUnavailable):
        database.write(add("lost"))
    away.rename(database.path)

    database.write(add("two"))

    assert names(database) == {"one", "two"}


def test_writer_writes_into_the_file_that_lies_there_now(file: Database) -> None:
    database = file
    database.write(add("old"))
    restored = database.path.with_name("restored.db")
    migrate(restored)
    for leftover in ("-wal", "-shm"):
        database.path.with_name(f"nachklang.db{leftover}").unlink(missing_ok=True)
    restored.rename(database.path)

    database.write(add("new"))

    risen = fresh(database)
    assert names(risen) == {"new"}
    risen.close()


@pytest.mark.proves("R2")
def test_sqlite_that_can_damage_its_log_is_refused_without_hanging(
    file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "OLDEST_SQLITE", (99, 0, 0))

    with pytest.raises(StorageUnavailable):
        file.write(add("one"))
    with pytest.raises(StorageUnavailable):
        file.read()


@pytest.mark.proves("R2")
def test_connections_have_the_settings_the_promises_rest_on(file: Database) -> None:
    pragmas = {
        name: file.read().execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "query_only")
    }

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "query_only": 1,
    }


def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(StorageUnavailable), foreign_errors():
        add("one")(database.read())


class Watch:
    """Writes down when it is entered and left."""

    def __init__(self, diary: list[str], refusal: Exception | None = None) -> None:
        self.diary = diary
        self.refusal = refusal
        self.failing_at_the_end = False

    def __hash__(self) -> int:
        return id(self.diary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Watch) and other.diary is self.diary

    @contextmanager
    def __call__(self, connection: Connection, /) -> Iterator[None]:
        if self.refusal is not None:
            raise self.refusal
        self.diary.append(f"entered {_count(connection)}")
        yield
        self.diary.append(f"left {_count(connection)}")
        if self.failing_at_the_end:
            raise OSError("no space left")


def _count(connection: Connection) -> int:
    rows = connection.execute("SELECT name FROM migration").fetchall()
    return sum(not row["name"].endswith(".sql") for row in rows)


def test_equal_watches_stand_around_a_commit_once(database: Database) -> None:
    diary: list[str] = []

    together(database, [add(f"n{n}") for n in range(8)], watch=Watch(diary))

    assert diary == ["entered 0", "left 8"]


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        pytest.param(WitnessMismatch("e", witnessed=2, found=1), WitnessMismatch, id="mismatch"),
        pytest.param(OSError("read only"), StorageUnavailable, id="disk"),
    ],
)
def test_a_watch_that_refuses_refuses_its_own_writes_only(
    database: Database, refusal: Exception, expected: type[Exception]
) -> None:
    with pytest.raises(expected):
        database.write(add("watched"), watch=Watch([], refusal))
    database.write(add("free"))

    assert names(database) == {"free"}


def test_what_is_committed_counts_even_if_its_watch_fails_afterwards(database: Database) -> None:
    watch = Watch([])
    watch.failing_at_the_end = True

    database.write(add("one"), watch=watch)

    assert names(database) == {"one"}


def test_closing_finishes_queued_writes(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(database.write, add(f"n{n}")) for n in range(8)]
        for future in futures:
            future.result(20)

    database.close()

    risen = fresh(database)
    assert len(names(risen)) == 8
    risen.close()


@pytest.mark.proves("R3")
def test_full_disk_is_told_to_everybody_and_nothing_is_half_stored(tmp_path: Path) -> None:
    path = tmp_path / "nachklang.db"
    path.write_bytes(empty_database())
    child = multiprocessing.get_context("forkserver").Process(target=_fill_up, args=(path,))

    child.start()
    child.join(60)

    risen = Database(path)
    assert child.exitcode == 0
    assert names(risen) == {"before", "after"}
    risen.close()


def _fill_up(path: Path) -> None:
    """In a process of its own: no file may grow by more than two pages, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    database = Database(path)
    database.write(add("before"))
    size = path.with_name("nachklang.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, resource.RLIM_INFINITY))
    with pytest.raises(StorageUnavailable):
        database.write(add("x" * 100_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    database.write(add("after"))
    database.close()
