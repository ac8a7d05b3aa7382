"""PostgreSQL: a server that several machines share, its settings, its connections.

A write takes one lock of the whole installation first: then one transaction writes at a time, on
however many machines, just as a file lets one in. Reads take a connection out of a pool for one statement.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, LiteralString, NoReturn

import psycopg
import psycopg_pool
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from survey.errors import StorageUnavailable
from survey.storage import commit_count
from survey.storage.commit_count import Noted
from survey.storage.engine import NOBODY, Rows
from survey.storage.postgresql_text import with_driver_parameters
from survey.storage.postgresql_values import ADAPTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from survey.model.workplace import Actor

OLDEST_SERVER = 130_000
"""As the server numbers itself: 13.0."""
APPLICATION = "nachklang"
"""What the server's own views call us."""
MOST_READERS = 10
SECONDS_FOR_A_READER = 5
SECONDS_TO_CONNECT = 10
_DURABLE = frozenset({"on", "remote_apply"})
# Hex of the service's name: one lock per database.
# Whatever a role has set: at a higher level the view would be that of the moment before the lock was had.
_BEGIN: LiteralString = """
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock(7953747717043020142)
"""
_SETTINGS: LiteralString = """
SET statement_timeout = 0;
SET lock_timeout = '30s';
SET idle_in_transaction_session_timeout = '10min';
SET tcp_keepalives_idle = 15;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 3
"""
"""Whoever holds the lock and is gone gives it back soon; whoever waits for it does not wait forever.

A statement's own limit would end the wait for the standby, and the server would call that a success.
"""


class _Dead(Exception):
    """The connection had ended before the statement could be answered."""


class PostgresqlEngine:
    """One database of a server; safe to share between threads."""

    is_quick_to_read = False

    def __init__(self, address: str, notes: Path) -> None:
        self._address = address
        self._notes = notes
        self._pool: psycopg_pool.ConnectionPool[psycopg.Connection[dict[str, Any]]] | None = None
        self._opening = threading.Lock()

    def read(self) -> PooledReading:
        """Each statement on a connection out of the pool."""
        return PooledReading(self._opened())

    def open_writing(self) -> PostgresqlWriting:
        """A connection of the writer's own."""
        return PostgresqlWriting(self._address, self._notes)

    def close(self) -> None:
        """Let go of every reading connection."""
        with self._opening:
            if self._pool is not None:
                self._pool.close()
                self._pool = None

    def _opened(self) -> psycopg_pool.ConnectionPool[psycopg.Connection[dict[str, Any]]]:
        pool = self._pool
        if pool is None:
            with self._opening:
                pool = self._pool
                if pool is None:
                    pool = psycopg_pool.ConnectionPool(
                        self._address,
                        connection_class=psycopg.Connection[dict[str, Any]],
                        kwargs=_manner(self._address),
                        min_size=1,
                        max_size=MOST_READERS,
                        timeout=SECONDS_FOR_A_READER,
                        configure=_only_reading,
                        open=True,
                    )
                    self._pool = pool
        return pool


class PooledReading:
    """Reads with whatever connection is free; each statement sees what is committed."""

    def __init__(
        self, pool: psycopg_pool.ConnectionPool[psycopg.Connection[dict[str, Any]]]
    ) -> None:
        self.actor: Actor = NOBODY
        self._pool = pool

    def execute(self, sql: str, values: Mapping[str, object] | None = None, /) -> Rows:
        """What the statement finds; a connection that turns out to be dead is replaced once."""
        try:
            try:
                return self._once(sql, values)
            except _Dead:
                self._pool.check()  # after a failover all of them are dead
                return self._once(sql, values)
        except (psycopg.Error, _Dead) as error:
            raise StorageUnavailable(str(error)) from error

    def executemany(self, sql: str, rows: Iterable[Mapping[str, object]], /) -> NoReturn:
        """Nobody reads many times at once."""
        del rows
        raise StorageUnavailable(sql)

    def _once(self, sql: str, values: Mapping[str, object] | None) -> Rows:
        connection = self._pool.getconn()
        try:
            cursor = run(connection, sql, values)
            return Rows(cursor.fetchall() if cursor.description else [], cursor.rowcount)
        except psycopg.Error as error:
            if connection.closed:
                raise _Dead(str(error)) from error
            raise
        finally:
            self._pool.putconn(connection)


class WritingConnection:
    """A connection that knows who acts."""

    def __init__(self, connection: psycopg.Connection[dict[str, Any]]) -> None:
        self.actor: Actor = NOBODY
        self.driver = connection

    def execute(
        self, sql: str, values: Mapping[str, object] | None = None, /
    ) -> psycopg.Cursor[dict[str, Any]]:
        """Run one statement."""
        return run(self.driver, sql, values)

    def executemany(
        self, sql: str, rows: Iterable[Mapping[str, object]], /
    ) -> psycopg.Cursor[dict[str, Any]]:
        """Run one statement for many rows."""
        cursor = self.driver.cursor()
        cursor.executemany(with_driver_parameters(sql), list(rows))
        return cursor


class PostgresqlWriting:
    """The writer's connection."""

    errors: tuple[type[Exception], ...] = (psycopg.Error,)
    constraint: type[Exception] = psycopg.IntegrityError

    def __init__(self, address: str, notes: Path) -> None:
        self._address = address
        self._notes = notes
        self._noted = Noted()
        self._warnings: list[str] = []
        self.connection = self._connected()

    def is_current(self) -> bool:
        """False once the server has ended the connection, as far as is known."""
        return not self.connection.driver.closed

    def begin(self) -> None:
        """Take the installation's one lock for writing."""
        try:
            lock_for_writing(self.connection.driver)
        except psycopg.OperationalError:
            if not self.connection.driver.closed:
                raise
            # It died while nothing was under way: nothing is lost, so nobody needs to hear of it.
            self.connection = self._connected()
            lock_for_writing(self.connection.driver)

    def commit(self) -> None:
        """What was written is durable where the server says so, on a synchronous standby too."""
        driver = self.connection.driver
        row = driver.execute(
            "UPDATE commit_count SET n = n + 1 WHERE id = 1 RETURNING n"
        ).fetchone()
        if row is None:
            raise StorageUnavailable("commit_count")
        self._noted = commit_count.advanced(self._notes, committed=row["n"] - 1)
        self._warnings.clear()
        driver.execute("COMMIT")
        if self._warnings:
            # Somebody ended the wait for the standby: what is stored here may be gone after a failover.
            raise StorageUnavailable(self._warnings[0])

    def note(self) -> None:
        """The commit is counted on this machine."""
        commit_count.note(self._notes, self._noted)

    def close(self) -> None:
        """Close it."""
        self.connection.driver.close()

    def _connected(self) -> WritingConnection:
        driver = open_durably(self._address)
        driver.add_notice_handler(self._hear)
        return WritingConnection(driver)

    def _hear(self, notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self._warnings.append(str(notice.message_primary))


def run(
    connection: psycopg.Connection[dict[str, Any]], sql: str, values: Mapping[str, object] | None
) -> psycopg.Cursor[dict[str, Any]]:
    """Run one statement as our modules write it."""
    if values is None:
        return connection.execute(sql)
    return connection.execute(with_driver_parameters(sql), values)


def lock_for_writing(connection: psycopg.Connection[dict[str, Any]]) -> None:
    """A transaction has begun, and nobody else writes until it ends."""
    connection.execute(_BEGIN)


def open_plainly(address: str) -> psycopg.Connection[dict[str, Any]]:
    """A connection with a transaction for each statement; StorageUnavailable if there is none."""
    try:
        connection = psycopg.Connection[dict[str, Any]].connect(
            address, **_manner(address), row_factory=dict_row
        )
    except psycopg.Error as error:
        raise StorageUnavailable(str(error)) from error
    if connection.info.server_version < OLDEST_SERVER:
        version = connection.info.server_version
        connection.close()
        msg = f"PostgreSQL {version // 10_000} is older than 13"
        raise StorageUnavailable(msg)
    return connection


def open_durably(address: str) -> psycopg.Connection[dict[str, Any]]:
    """The same, and what it commits is durable; StorageUnavailable if that cannot be had."""
    connection = open_plainly(address)
    try:
        found = connection.execute("SHOW synchronous_commit").fetchone()
        # Whatever a server or role has set, nobody is thanked before their answer is on the disk.
        if found is None or found["synchronous_commit"] not in _DURABLE:
            connection.execute("SET synchronous_commit = on")
        connection.execute(_SETTINGS)
    except psycopg.Error as error:
        connection.close()
        raise StorageUnavailable(str(error)) from error
    return connection


def _manner(address: str) -> dict[str, Any]:
    manner: dict[str, Any] = {
        "autocommit": True,
        "client_encoding": "utf8",
        "application_name": APPLICATION,
        "context": ADAPTED,
    }
    if "connect_timeout" not in conninfo_to_dict(address):
        manner["connect_timeout"] = SECONDS_TO_CONNECT
    return manner


def _only_reading(connection: psycopg.Connection[dict[str, Any]]) -> None:
    connection.row_factory = dict_row
    connection.execute("SET default_transaction_read_only = on")
