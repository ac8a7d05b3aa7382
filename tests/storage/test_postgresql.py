"""The server as the second engine: what a file gets from its lock and its log, it gets from settings and one lock."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest

from survey.errors import StorageUnavailable
from survey.storage import postgresql_upkeep
from survey.storage.connection import Connection, Database
from survey.storage.postgresql import open_durably
from survey.storage.postgresql_schema import migrate_server
from survey.storage.postgresql_text import server_statements, with_driver_parameters
from survey.storage.postgresql_upkeep import compact_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgresql_cluster import Cluster


@pytest.fixture
def database(tmp_path: Path, postgresql: str) -> Iterator[Database]:
    database = Database(tmp_path / "nachklang.db", postgresql=postgresql)
    yield database
    database.close()


def bump(connection: Connection) -> int:
    """Read, then write: two at once would lose one."""
    row = connection.execute("SELECT revision FROM profile WHERE organisation = 'main'").fetchone()
    connection.execute(
        "UPDATE profile SET revision = :next WHERE organisation = 'main'",
        {"next": row["revision"] + 1},
    )
    return int(row["revision"])


def end_connections(postgresql: str, *, of: str = "nachklang") -> None:
    """As a restart of the server does it."""
    with closing(psycopg.connect(postgresql, autocommit=True)) as connection:
        connection.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = %s
            """,
            (of,),
        )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT a FROM b WHERE c = :c", "SELECT a FROM b WHERE c = %(c)s"),
        ("SELECT ':c', '50 %', a::text", "SELECT ':c', '50 %%', a::text"),
        ("SELECT 'it''s :c' || :c % 2", "SELECT 'it''s :c' || %(c)s %% 2"),
        ('SELECT ":c" FROM b', 'SELECT ":c" FROM b'),
    ],
    ids=["parameter", "literal-and-cast", "quote-in-a-literal", "quoted-name"],
)
def test_parameters_are_rewritten_and_nothing_else(ours: str, theirs: str) -> None:
    assert with_driver_parameters(ours) == theirs


def test_types_are_the_servers_own_and_text_is_compared_bytewise() -> None:
    assert server_statements("CREATE TABLE text (text TEXT, n INTEGER, b BLOB, r REAL); -- x") == (
        'CREATE TABLE text (text TEXT COLLATE "C", n BIGINT, b BYTEA, r DOUBLE PRECISION)',
    )


def test_migrations_are_applied_once(empty_postgresql: str) -> None:
    first, second = migrate_server(empty_postgresql), migrate_server(empty_postgresql)

    assert len(first) > 15
    assert second == ()


def test_several_machines_write_one_after_the_other(tmp_path: Path, postgresql: str) -> None:
    machines = [
        Database(tmp_path / f"{n}" / "nachklang.db", postgresql=postgresql) for n in range(3)
    ]
    for machine in machines:
        machine.path.parent.mkdir()
    machines[0].write(
        lambda c: c.execute("INSERT INTO profile (organisation, revision) VALUES ('main', 0)")
    )

    with ThreadPoolExecutor(6) as pool:
        seen = list(pool.map(lambda n: machines[n % 3].write(bump), range(60)))

    assert sorted(seen) == list(range(60))
    for machine in machines:
        machine.close()


def test_a_dead_connection_is_replaced_and_nobody_hears_of_it(
    database: Database, postgresql: str
) -> None:
    counted = "SELECT COUNT(*) AS n FROM organisation"
    database.write(lambda c: c.execute("INSERT INTO organisation (id, name) VALUES ('a', '')"))
    before = database.read().execute(counted).fetchone()

    end_connections(postgresql)
    after = database.read().execute(counted).fetchone()
    end_connections(postgresql)
    database.write(lambda c: c.execute("INSERT INTO organisation (id, name) VALUES ('b', '')"))

    assert (before, after) == ({"n": 2}, {"n": 2})
    assert database.read().execute(counted).fetchone() == {"n": 3}


def test_a_connection_lost_before_the_commit_is_told_to_everybody_in_it(
    database: Database, postgresql: str
) -> None:
    def lose(connection: Connection) -> None:
        connection.execute("INSERT INTO organisation (id, name) VALUES ('lost', '')")
        end_connections(postgresql)

    with pytest.raises(StorageUnavailable):
        database.write(lose)
    database.write(lambda c: c.execute("INSERT INTO organisation (id, name) VALUES ('b', '')"))

    rows = database.read().execute("SELECT id FROM organisation ORDER BY id").fetchall()
    assert [row["id"] for row in rows] == ["b", "main"]


def test_commits_are_waited_for_whatever_the_role_has_set(
    cluster: Cluster, postgresql: str
) -> None:
    cluster.order("ALTER ROLE postgres SET synchronous_commit = off")
    try:
        with (
            closing(psycopg.connect(postgresql)) as plain,
            closing(open_durably(postgresql)) as ours,
        ):
            asked = plain.execute("SHOW synchronous_commit").fetchone()
            found = ours.execute("SHOW synchronous_commit").fetchone()
    finally:
        cluster.order("ALTER ROLE postgres RESET synchronous_commit")

    assert (asked, found) == (("off",), {"synchronous_commit": "on"})


def test_machines_write_one_after_the_other_whatever_the_role_has_set(
    cluster: Cluster, tmp_path: Path, postgresql: str
) -> None:
    cluster.order("ALTER ROLE postgres SET default_transaction_isolation = 'repeatable read'")
    machines = [Database(tmp_path / f"{n}.db", postgresql=postgresql) for n in range(2)]
    try:
        machines[0].write(
            lambda c: c.execute("INSERT INTO profile (organisation, revision) VALUES ('main', 0)")
        )
        with ThreadPoolExecutor(4) as pool:
            seen = list(pool.map(lambda n: machines[n % 2].write(bump), range(20)))
    finally:
        cluster.order("ALTER ROLE postgres RESET default_transaction_isolation")

    assert sorted(seen) == list(range(20))
    for machine in machines:
        machine.close()


def test_a_commit_that_no_standby_has_confirmed_is_told_to_nobody_as_stored(
    cluster: Cluster, database: Database, postgresql: str
) -> None:
    def write_on() -> None:
        """The server takes a moment to learn of the setting."""
        for number in range(10_000):
            database.write(
                lambda c, number=number: c.execute(  # type: ignore[misc]
                    "INSERT INTO organisation (id, name) VALUES (:id, '')", {"id": f"b{number}"}
                )
            )

    with (
        closing(psycopg.connect(postgresql, autocommit=True)) as server,
        ThreadPoolExecutor() as pool,
    ):
        cluster.order("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        cluster.order("SELECT pg_reload_conf()")
        try:
            stored = pool.submit(write_on)
            # Somebody in the house ends the wait; the server says COMMIT all the same, with a warning.
            while not server.execute(
                """
                SELECT pg_cancel_backend(pid) FROM pg_stat_activity
                WHERE wait_event = 'SyncRep' AND datname = current_database()
                """
            ).fetchall():
                assert not stored.done()
            with pytest.raises(StorageUnavailable):
                stored.result(20)
        finally:
            cluster.order("ALTER SYSTEM RESET synchronous_standby_names")
            cluster.order("SELECT pg_reload_conf()")

    database.write(lambda c: c.execute("INSERT INTO organisation (id, name) VALUES ('c', '')"))


def test_what_somebody_still_sees_is_waited_for(
    database: Database, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_upkeep, "_LOOKS", 2)
    with closing(psycopg.connect(postgresql)) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT 1 FROM organisation")
        database.write(lambda c: c.execute("DELETE FROM look"))

        with pytest.raises(StorageUnavailable):
            compact_server(postgresql)

    compact_server(postgresql)


def test_a_server_that_is_away_is_unavailable_to_readers_and_writers(tmp_path: Path) -> None:
    nowhere = f"host={tmp_path} dbname=nowhere connect_timeout=1"
    database = Database(tmp_path / "nachklang.db", postgresql=nowhere)

    with pytest.raises(StorageUnavailable):
        database.write(lambda c: c.execute("SELECT 1"))
    database.close()


def test_whoever_waits_for_the_lock_writes_after_the_one_who_holds_it(
    database: Database, tmp_path: Path, postgresql: str
) -> None:
    other = Database(tmp_path / "other.db", postgresql=postgresql)
    is_held, gate = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        connection.execute("INSERT INTO organisation (id, name) VALUES ('first', '')")
        is_held.set()
        assert gate.wait(20)

    def look(connection: Connection) -> set[str]:
        rows = connection.execute("SELECT id FROM organisation").fetchall()
        return {row["id"] for row in rows}

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(database.write, hold)
        assert is_held.wait(20)
        second = pool.submit(other.write, look)
        gate.set()
        first.result(20)

        assert second.result(20) == {"first", "main"}
    other.close()
