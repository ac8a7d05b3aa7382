"""The one door to the database: connections, the writer thread, migrations.

Writes are queued to one thread that commits what has gathered in one transaction (group commit).
Each write runs in its own savepoint, so a refusal undoes only itself; nobody is answered before the
commit, and if the commit fails, everybody in it is told so. Reads have a connection per thread.
A watch (the urn's witness) stands around the transactions that its writes are part of.
"""

from __future__ import annotations

import os
import queue
import re
import threading
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlite_utils import Database as UtilsDatabase
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the driver sqlite-utils itself chose

from survey.errors import NachklangError, StorageUnavailable
from survey.model.workplace import Actor
from survey.storage import commit_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

OLDEST_SQLITE = (3, 51, 3)
"""Older versions can damage the write-ahead log (WAL-reset bug)."""
FULL = 2
"""PRAGMA synchronous=FULL."""
BUSY_MILLISECONDS = 30_000
MOST_WRITES_PER_COMMIT = 256
CONSTRAINT_BROKEN = sqlite3.IntegrityError
NOBODY = Actor()

Result = TypeVar("Result")


class Connection(Protocol):
    """What storage modules need of a connection; rows are read by column name."""

    actor: Actor
    """Who stands behind the changes that are being made."""

    def execute(self, sql: str, values: Mapping[str, object] = ..., /) -> Any:  # noqa: ANN401 -- drivers' cursors
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Mapping[str, object]], /) -> Any:  # noqa: ANN401 -- drivers' cursors
        """Run one statement for many rows."""


class Watch(Protocol):
    """Stands around a transaction: entered when it has begun, left when it is committed or given up.

    Equal watches stand around it once. One that refuses to be entered refuses its own writes only.
    """

    def __call__(self, connection: Connection, /) -> AbstractContextManager[None]:
        """The context around the transaction."""

    def __hash__(self) -> int:
        """Equal watches are one."""


@dataclass(slots=True)
class _Write:
    work: Callable[[Connection], Any]
    done: Future[Any]
    watch: Watch | None = None
    actor: Actor = NOBODY


class OurConnection(sqlite3.Connection):
    """A connection that knows who acts."""

    actor: Actor = NOBODY


class Database:
    """One SQLite file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._writes: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._starting = threading.Lock()

    def read(self) -> Connection:
        """This thread's reading connection; each statement sees what is committed."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            if not self.path.exists():
                raise StorageUnavailable(self.path.name)  # SQLite would make an empty one
            with foreign_errors():
                connection = open_connection(self.path)
                connection.execute("PRAGMA query_only=ON")
            # One connection opened on a read-only disk would keep the whole process from writing when the
            # disk can be written again, for as long as it is open: they share the log's index.
            if os.access(self.path, os.W_OK):
                self._local.connection = connection
        return connection

    def write(self, work: Callable[[Connection], Result], *, watch: Watch | None = None) -> Result:
        """What `work` returns, once its changes are durable; its own error, once they are undone.

        StorageUnavailable if they could not be made durable; the watch's error if it refuses.
        """
        return self.write_for(NOBODY, work, watch=watch)

    def write_for(
        self, actor: Actor, work: Callable[[Connection], Result], *, watch: Watch | None = None
    ) -> Result:
        """The same; deeds written by `work` carry the actor."""
        done: Future[Result] = Future()
        self._start_writer()
        self._writes.put(_Write(work, done, watch, actor))
        return done.result()

    def acting(self, actor: Actor) -> Database:
        """The same database, in the hands of that person."""
        return _ActingDatabase(self, actor)

    def close(self) -> None:
        """Finish queued writes and stop the writer."""
        with self._starting:
            if self._writer is not None:
                self._writes.put(None)
                self._writer.join()
                self._writer = None
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _start_writer(self) -> None:
        if self._writer is None:
            with self._starting:
                if self._writer is None:
                    self._writer = threading.Thread(target=self._run, name="writer", daemon=True)
                    self._writer.start()

    def _run(self) -> None:
        connection: Any = None
        identity: tuple[int, int] | None = None
        stop = False
        while not stop:
            batch = [self._writes.get()]
            while len(batch) < MOST_WRITES_PER_COMMIT and not self._writes.empty():
                batch.append(self._writes.get())
            stop = None in batch
            writes = [write for write in batch if write is not None]
            if not writes:
                continue
            try:
                if connection is not None and _identity(self.path) != identity:
                    # Another file lies there now, after a restore: what went on into the old one would be lost.
                    connection.close()
                    connection = None
                if connection is None:
                    identity = _identity(self.path)
                    connection = open_connection(self.path)
                    _empty_log(connection)
                _commit_together(self.path, connection, writes)
            except Exception as error:  # noqa: BLE001 -- whoever waits must be told, whatever it was
                # After a failed commit or fsync the connection's state is unknown: never use it again.
                if connection is not None:
                    connection.close()
                    connection = None
                for write in writes:
                    write.done.set_exception(_unavailable(error))
        if connection is not None:
            connection.close()


class _ActingDatabase(Database):
    """A database in somebody's hands: reads and writes go through the one that everybody shares."""

    def __init__(self, shared: Database, actor: Actor) -> None:
        super().__init__(shared.path)
        self._shared = shared
        self._actor = actor

    def read(self) -> Connection:
        return self._shared.read()

    def write(self, work: Callable[[Connection], Result], *, watch: Watch | None = None) -> Result:
        return self._shared.write_for(self._actor, work, watch=watch)

    def write_for(
        self, actor: Actor, work: Callable[[Connection], Result], *, watch: Watch | None = None
    ) -> Result:
        return self._shared.write_for(actor, work, watch=watch)

    def close(self) -> None:
        self._shared.close()


def _empty_log(connection: Any) -> None:  # noqa: ANN401 -- driver
    """What the log holds is in the file and on the disk: nothing is stored behind it before."""
    # After a sync that failed, Linux takes the pages for clean: they can be read, but no later sync brings
    # them to the disk. Whoever finds them in the log after a restart and went on behind them would lose,
    # at a power cut, everything stored since.
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StorageUnavailable("the write-ahead log is being read")


def _commit_together(
    path: Path,
    connection: Any,  # noqa: ANN401 -- driver
    writes: list[_Write],
) -> None:
    outcomes: list[tuple[_Write, Any, BaseException | None]] = []
    is_committed = False
    connection.execute("BEGIN IMMEDIATE")
    try:
        with ExitStack() as watches:
            refused = _enter_watches(watches, connection, writes)
            for write in writes:
                if write.watch in refused:
                    outcomes.append((write, None, refused[write.watch]))
                else:
                    outcomes.append(_attempt(connection, write))
            noted = commit_count.advance(path, connection)
            connection.execute("COMMIT")
            is_committed = True
            commit_count.note(path, noted)
    except (OSError, sqlite3.Error):
        # What is committed is durable even if the watch could not note it: nobody is told otherwise.
        # A watch that cannot be kept refuses to be entered next time.
        if not is_committed:
            raise
    for write, value, refusal in outcomes:
        if refusal is None:
            write.done.set_result(value)
        else:
            write.done.set_exception(refusal)


def _enter_watches(
    watches: ExitStack,
    connection: Any,  # noqa: ANN401 -- driver
    writes: list[_Write],
) -> dict[Watch | None, Exception]:
    refused: dict[Watch | None, Exception] = {}
    for watch in dict.fromkeys(write.watch for write in writes):
        if watch is not None:
            try:
                watches.enter_context(watch(connection))
            except NachklangError as error:
                refused[watch] = error
            except OSError as error:
                refused[watch] = _unavailable(error)
    return refused


def _attempt(
    connection: Any,  # noqa: ANN401 -- driver
    write: _Write,
) -> tuple[_Write, Any, BaseException | None]:
    outcome: tuple[_Write, Any, BaseException | None]
    connection.execute("SAVEPOINT one")
    connection.actor = write.actor
    try:
        outcome = (write, write.work(connection), None)
    except Exception as error:
        if isinstance(error, sqlite3.Error) and not isinstance(error, CONSTRAINT_BROKEN):
            raise  # the disk is full, or worse: nobody's changes are safe
        connection.execute("ROLLBACK TO one")
        outcome = (write, None, error)
    connection.execute("RELEASE one")
    return outcome


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _unavailable(error: Exception) -> StorageUnavailable:
    failure = StorageUnavailable(str(error))
    failure.__cause__ = error
    return failure


@contextmanager
def foreign_errors() -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageUnavailable(str(error)) from error


def sqlite_version() -> tuple[int, int, int]:
    """The version of SQLite in use."""
    major, minor, patch = sqlite3.sqlite_version_info
    return major, minor, patch


def open_connection(path: Path) -> Any:  # noqa: ANN401 -- driver
    """A connection with the settings every promise rests on."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        msg = f"SQLite {sqlite3.sqlite_version} is older than 3.51.3"
        raise StorageUnavailable(msg)
    connection = sqlite3.connect(
        str(path), isolation_level=None, check_same_thread=False, factory=OurConnection
    )
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    # Whatever is asked for, only what is in force counts: WAL with NORMAL loses answers at a power cut.
    journal = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous=FULL")
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    if journal != "wal" or synchronous != FULL:
        connection.close()
        msg = f"journal_mode is {journal}, synchronous {synchronous}"
        raise StorageUnavailable(msg)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def migrate(path: Path) -> tuple[str, ...]:
    """Bring the file to the newest schema; the names of the migrations applied now. Each is atomic with its record."""
    connection = open_connection(path)
    applied: list[str] = []
    try:
        database = UtilsDatabase(connection)
        if "migration" not in database.table_names():
            connection.execute(
                "CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"
            )
        done = {row["name"] for row in connection.execute("SELECT name FROM migration")}
        for name, text in _migrations():
            if name not in done:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    for statement in statements(text):
                        connection.execute(statement)
                    connection.execute(
                        "INSERT INTO migration (name) VALUES (:name)", {"name": name}
                    )
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
                applied.append(name)
    finally:
        connection.close()
    return tuple(applied)


def statements(text: str) -> tuple[str, ...]:
    """The statements of a migration for SQLite: each table STRICT and WITHOUT ROWID."""
    found = (s.strip() for s in re.sub(r"--[^\n]*", "", text).split(";"))
    return tuple(
        f"{s} STRICT, WITHOUT ROWID" if s.upper().startswith("CREATE TABLE") else s
        for s in found
        if s
    )


def _migrations() -> list[tuple[str, str]]:
    folder = resources.files("survey.storage") / "migrations"
    return sorted(
        (f.name, f.read_text(encoding="utf-8")) for f in folder.iterdir() if f.name.endswith(".sql")
    )
