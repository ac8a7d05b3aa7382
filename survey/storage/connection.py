"""The one door to the database: reading, and the writer thread that commits what has gathered.

Writes are queued to one thread that commits what has gathered in one transaction (group commit).
Each write runs in its own savepoint, so a refusal undoes only itself; nobody is answered before the
commit, and if the commit fails, everybody in it is told so. Reads have connections of their own.
A watch (the urn's witness) stands around the transactions that its writes are part of.
Which engine keeps the tables, a file or a server, makes no difference here.
"""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from survey.errors import NachklangError, StorageUnavailable
from survey.storage.engine import NOBODY, Connection, ConstraintBroken
from survey.storage.migrating import migrate, statements
from survey.storage.sqlite import (
    OLDEST_SQLITE,
    SqliteEngine,
    foreign_errors,
    open_connection,
    sqlite_version,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from survey.model.workplace import Actor
    from survey.storage.engine import Engine, Writing

__all__ = [
    "CONSTRAINT_BROKEN",
    "NOBODY",
    "OLDEST_SQLITE",
    "Connection",
    "Database",
    "Watch",
    "foreign_errors",
    "migrate",
    "open_connection",
    "sqlite_version",
    "statements",
]

MOST_WRITES_PER_COMMIT = 256
CONSTRAINT_BROKEN = ConstraintBroken

Result = TypeVar("Result")


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


class Database:
    """The tables of one installation, in a file or on a server; safe to share between threads."""

    def __init__(self, path: Path, *, postgresql: str = "") -> None:
        self.path = path
        """The file, or where it would lie."""
        self.postgresql = postgresql
        """How to reach the server; empty where the file holds the tables."""
        self.notes = path.with_name("postgresql") if postgresql else path
        """Beside it lies what this machine notes of commits."""
        self._engine = _engine(self.notes, postgresql)
        self._writes: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None
        self._starting = threading.Lock()

    @property
    def is_quick_to_read(self) -> bool:
        """True where a read takes microseconds, so that it need not leave the event loop."""
        return self._engine.is_quick_to_read

    def read(self) -> Connection:
        """A reading connection for this thread; each statement sees what is committed."""
        return self._engine.read()

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
        self._engine.close()

    def _start_writer(self) -> None:
        if self._writer is None:
            with self._starting:
                if self._writer is None:
                    self._writer = threading.Thread(target=self._run, name="writer", daemon=True)
                    self._writer.start()

    def _run(self) -> None:
        writing: Writing | None = None
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
                if writing is not None and not writing.is_current():
                    writing.close()
                    writing = None
                if writing is None:
                    writing = self._engine.open_writing()
                _commit_together(writing, writes)
            except Exception as error:  # noqa: BLE001 -- whoever waits must be told, whatever it was
                # After a failed commit or fsync the connection's state is unknown: never use it again.
                if writing is not None:
                    writing.close()
                    writing = None
                for write in writes:
                    write.done.set_exception(_unavailable(error))
        if writing is not None:
            writing.close()


class _ActingDatabase(Database):
    """A database in somebody's hands: reads and writes go through the one that everybody shares."""

    def __init__(self, shared: Database, actor: Actor) -> None:
        # Nothing of its own: neither a writer nor connections.
        self.path = shared.path
        self.postgresql = shared.postgresql
        self.notes = shared.notes
        self._engine = shared._engine  # noqa: SLF001 -- of its own class
        self._shared = shared
        self._actor = actor

    def write(self, work: Callable[[Connection], Result], *, watch: Watch | None = None) -> Result:
        return self._shared.write_for(self._actor, work, watch=watch)

    def write_for(
        self, actor: Actor, work: Callable[[Connection], Result], *, watch: Watch | None = None
    ) -> Result:
        return self._shared.write_for(actor, work, watch=watch)

    def close(self) -> None:
        self._shared.close()


def _engine(path: Path, postgresql: str) -> Engine:
    if not postgresql:
        return SqliteEngine(path)
    from survey.storage.postgresql import (  # noqa: PLC0415 -- its driver is for those who have a server
        PostgresqlEngine,
    )

    return PostgresqlEngine(postgresql, path)


def _commit_together(writing: Writing, writes: list[_Write]) -> None:
    outcomes: list[tuple[_Write, Any, BaseException | None]] = []
    is_committed = False
    faults: tuple[type[Exception], ...] = (OSError, *writing.errors)
    writing.begin()
    try:
        with ExitStack() as watches:
            refused = _enter_watches(watches, writing.connection, writes)
            for write in writes:
                if write.watch in refused:
                    outcomes.append((write, None, refused[write.watch]))
                else:
                    outcomes.append(_attempt(writing, write))
            writing.commit()
            is_committed = True
            writing.note()
    except faults:
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
    watches: ExitStack, connection: Connection, writes: list[_Write]
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


def _attempt(writing: Writing, write: _Write) -> tuple[_Write, Any, BaseException | None]:
    outcome: tuple[_Write, Any, BaseException | None]
    connection = writing.connection
    connection.execute("SAVEPOINT one")
    connection.actor = write.actor
    try:
        outcome = (write, write.work(connection), None)
    except Exception as error:
        is_refusal = isinstance(error, writing.constraint)
        if isinstance(error, writing.errors) and not is_refusal:
            raise  # the disk is full, or worse: nobody's changes are safe
        connection.execute("ROLLBACK TO one")
        outcome = (write, None, _constraint_broken(error) if is_refusal else error)
    connection.execute("RELEASE one")
    return outcome


def _constraint_broken(error: Exception) -> ConstraintBroken:
    refusal = ConstraintBroken(str(error))
    refusal.__cause__ = error
    return refusal


def _unavailable(error: Exception) -> StorageUnavailable:
    failure = StorageUnavailable(str(error))
    failure.__cause__ = error
    return failure
