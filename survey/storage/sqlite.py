"""SQLite: one file, its settings, its connections."""

from __future__ import annotations

import importlib
import os
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any, NoReturn

from survey.errors import StorageUnavailable
from survey.storage import commit_count
from survey.storage.engine import NOBODY, Rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from survey.model.workplace import Actor
    from survey.storage.commit_count import Noted
    from survey.storage.engine import Connection
else:
    try:
        # As sqlite-utils chooses, which itself is loaded for migrations only: it brings far more than a driver.
        sqlite3 = importlib.import_module("pysqlite3")
    except ImportError:
        import sqlite3

OLDEST_SQLITE = (3, 51, 3)
"""Older versions can damage the write-ahead log (WAL-reset bug)."""
FULL = 2
"""PRAGMA synchronous=FULL."""
BUSY_MILLISECONDS = 30_000


class OurConnection(sqlite3.Connection):
    """A connection that knows who acts."""

    actor: Actor = NOBODY


class SqliteEngine:
    """One file; safe to share between threads."""

    is_quick_to_read = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def read(self) -> Connection:
        """This thread's reading connection."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            if not self._path.exists():
                raise StorageUnavailable(self._path.name)  # SQLite would make an empty one
            if not os.access(self._path, os.W_OK):
                return PassingReading(self._path)
            with foreign_errors():
                connection = _open_reading(self._path)
            self._local.connection = connection
        return connection

    def open_writing(self) -> SqliteWriting:
        """A connection of the writer's own, behind a log that is empty."""
        return SqliteWriting(self._path)

    def close(self) -> None:
        """Close this thread's reading connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


class PassingReading:
    """Reads on a disk that cannot be written, each statement with a connection of its own.

    One that stayed open would keep the whole process from writing when the disk can be written again, for as long as
    somebody holds it: all of them share the log's index.
    """

    def __init__(self, path: Path) -> None:
        self.actor: Actor = NOBODY
        self._path = path

    def execute(self, sql: str, values: Mapping[str, object] | None = None, /) -> Rows:
        """What the statement finds."""
        with closing(_open_reading(self._path)) as connection:
            cursor = connection.execute(sql, values or {})
            return Rows(cursor.fetchall(), cursor.rowcount)

    def executemany(self, sql: str, rows: Iterable[Mapping[str, object]], /) -> NoReturn:
        """Nobody reads many times at once."""
        del rows
        raise StorageUnavailable(sql)


class SqliteWriting:
    """The writer's connection to the file that lay there when it was opened."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)
    constraint: type[Exception] = sqlite3.IntegrityError

    def __init__(self, path: Path) -> None:
        self._path = path
        self._noted: Noted | None = None
        self._identity = _identity(path)
        self.connection = open_connection(path)
        try:
            _empty_log(self.connection)
        except BaseException:
            self.connection.close()
            raise

    def is_current(self) -> bool:
        """False after a restore: what went on into the old file would be lost."""
        return _identity(self._path) == self._identity

    def begin(self) -> None:
        """Take the file's one lock for writing."""
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """What was written, and that it was one commit more, is on the disk."""
        self._noted = commit_count.advance(self._path, self.connection)
        self.connection.execute("COMMIT")

    def note(self) -> None:
        """The commit is counted beside the file."""
        if self._noted is not None:
            commit_count.note(self._path, self._noted)

    def close(self) -> None:
        """Close it."""
        self.connection.close()


def _empty_log(connection: Any) -> None:  # noqa: ANN401 -- driver
    """What the log holds is in the file and on the disk: nothing is stored behind it before."""
    # After a sync that failed, Linux takes the pages for clean: they can be read, but no later sync brings
    # them to the disk. Whoever finds them in the log after a restart and went on behind them would lose,
    # at a power cut, everything stored since.
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StorageUnavailable("the write-ahead log is being read")


def _open_reading(path: Path) -> Any:  # noqa: ANN401 -- driver
    connection = open_connection(path)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


class ForeignErrors:
    """Turns the driver's errors into ours; around every read, so it is no generator."""

    __slots__ = ()

    def __enter__(self) -> None:
        """Nothing has happened yet."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        """Raise ours in place of the driver's."""
        if isinstance(error, sqlite3.Error):
            raise StorageUnavailable(str(error)) from error


_FOREIGN_ERRORS = ForeignErrors()


def foreign_errors() -> ForeignErrors:
    """Turn the driver's errors into ours."""
    return _FOREIGN_ERRORS


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
