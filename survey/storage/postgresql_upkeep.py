"""What keeps a server's database whole: laying rows in order, counting commits, looking at settings."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from psycopg import sql

from survey.errors import StorageUnavailable
from survey.storage import commit_count
from survey.storage.engine import StillInUse
from survey.storage.postgresql import APPLICATION, open_durably, open_plainly
from survey.storage.postgresql_tables import PostgresqlTables, held_for_writing, server_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psycopg

_BRIEF_LOOKS = 10
"""A connection that was just closed is still listed for a moment."""
_LOOKS = 300
"""So often somebody who still reads what was deleted is waited for, a tenth of a second each time."""


def compact_server(address: str) -> None:
    """Deleted rows are in no file of the server's tables any longer; StorageUnavailable while somebody still sees them.

    Rows lie in the order of their keys from then on, as they always do in a file: not in the order in which
    they were changed.
    """
    with server_faults(), closing(open_durably(address)) as driver:
        _wait_for_those_who_still_see(driver)
        for table in PostgresqlTables(driver).columns():
            driver.execute(
                sql.SQL("CLUSTER {} USING {}").format(
                    sql.Identifier(table), sql.Identifier(f"{table}_pkey")
                )
            )


def table_sizes_on_server(address: str) -> dict[str, int]:
    """The number of rows of each table."""
    with server_faults(), closing(open_plainly(address)) as driver:
        tables = PostgresqlTables(driver).columns()
        return {table: _size(driver, table) for table in sorted(tables)}


def lost_commits_of_server(address: str, notes: Path) -> int:
    """How many commits the server has lost that this machine was told to be durable."""
    with server_faults(), closing(open_plainly(address)) as driver:
        return commit_count.lost_of(notes, lambda: _commits(driver))


def confirm_commits_of_server(address: str, notes: Path) -> None:
    """Somebody has looked: what the server has is what there is."""
    with server_faults(), closing(open_plainly(address)) as driver:
        commit_count.confirm_as(notes, _commits(driver))


def settings_of_server(address: str) -> dict[str, str]:
    """The settings that promises rest on, as a connection of ours has them."""
    with server_faults(), closing(open_durably(address)) as driver:
        rows = driver.execute(
            """
            SELECT name, setting FROM pg_settings
            WHERE name IN (
                'fsync', 'full_page_writes', 'synchronous_commit', 'synchronous_standby_names',
                'track_commit_timestamp', 'log_statement', 'log_min_duration_statement',
                'log_min_duration_sample', 'log_transaction_sample_rate',
                'log_parameter_max_length', 'log_parameter_max_length_on_error',
                'log_error_verbosity'
            )
            """
        ).fetchall()
        found = {row["name"]: row["setting"] for row in rows}
        here = driver.execute(
            """
            SELECT (SELECT COUNT(*) FROM pg_stat_replication) AS standbys,
                   COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE) AS is_sealed,
                   inet_server_addr() IS NOT NULL
                       AND NOT (inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1')
                       AS is_elsewhere
            """
        ).fetchone()
        if here is not None:
            found["standbys"] = str(here["standbys"])
            found["is_open_on_the_wire"] = str(here["is_elsewhere"] and not here["is_sealed"])
        return found


@contextmanager
def held_alone(address: str) -> Iterator[PostgresqlTables]:
    """The server's tables while nobody else writes; StillInUse if the service is connected from anywhere."""
    with held_for_writing(address) as tables:
        for _ in range(_BRIEF_LOOKS):
            if not _others_at_work(tables.driver):
                break
            tables.driver.execute("SELECT pg_sleep(0.1)")
        else:
            raise StillInUse
        yield tables


def _others_at_work(driver: psycopg.Connection[dict[str, Any]]) -> bool:
    found = driver.execute(
        """
        SELECT COUNT(*) AS n FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = %(name)s
          AND pid <> pg_backend_pid()
        """,
        {"name": APPLICATION},
    ).fetchone()
    return found is None or found["n"] > 0


def _wait_for_those_who_still_see(driver: psycopg.Connection[dict[str, Any]]) -> None:
    """A row that somebody's older view still shows would be carried along, deleted or not."""
    mine = driver.execute("SELECT txid_current() AS id").fetchone()
    for _ in range(_LOOKS):
        found = driver.execute(
            """
            SELECT COUNT(*) AS n, pg_sleep(0)
            FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
              AND age(backend_xmin) > age((%(mine)s::bigint %% 4294967296)::text::xid)
            """,
            {"mine": mine["id"] if mine is not None else 0},
        ).fetchone()
        if found is None or not found["n"]:
            return
        driver.execute("SELECT pg_sleep(0.1)")
    raise StorageUnavailable("somebody still reads what was deleted")


def _size(driver: psycopg.Connection[dict[str, Any]], table: str) -> int:
    found = driver.execute(
        sql.SQL("SELECT COUNT(*) AS n FROM {}").format(sql.Identifier(table))
    ).fetchone()
    return 0 if found is None else int(found["n"])


def _commits(driver: psycopg.Connection[dict[str, Any]]) -> int:
    found = driver.execute("SELECT n FROM commit_count").fetchone()
    if found is None:
        raise StorageUnavailable("commit_count")
    return int(found["n"])
