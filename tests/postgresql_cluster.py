"""A PostgreSQL server of the tests' own, reached through a socket, and a fresh database for each test."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from survey.storage.postgresql_schema import migrate_server

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = "/usr/lib/postgresql"
USER = "postgres"
TEMPLATE = "migrated"
FAST = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "16MB",
}
"""Nothing here outlives the tests: what a power cut would do is tried elsewhere."""


class Cluster:
    """One running server."""

    def __init__(self, directory: Path, settings: dict[str, str]) -> None:
        self.directory = directory
        self._numbers = count(1)
        data = directory / "data"
        run(
            *("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            *(f"--username={USER}", f"--pgdata={data}"),
        )
        lines = {**settings, "unix_socket_directories": str(directory)}
        with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in lines.items())
        self.start()

    def start(self) -> None:
        """The server takes connections."""
        data, log = self.directory / "data", self.directory / "log"
        run("pg_ctl", "start", "--wait", "--silent", f"--pgdata={data}", f"--log={log}")

    def stop(self, mode: str = "immediate") -> None:
        """The server is gone; `immediate` is as if it had been killed."""
        run("pg_ctl", "stop", f"--mode={mode}", "--silent", f"--pgdata={self.directory / 'data'}")

    def address(self, database: str) -> str:
        """How to reach that database."""
        return f"host={self.directory} user={USER} dbname={database}"

    def order(self, statement: str) -> None:
        """What only the server's own database may be told."""
        with closing(psycopg.connect(self.address("postgres"), autocommit=True)) as connection:
            connection.execute(statement)

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """The address of a new database like the template, for a while."""
        name = f"installation_{next(self._numbers)}"
        self.order(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.address(name)
        self.order(f"DROP DATABASE {name} WITH (FORCE)")


def run(*command: str) -> None:
    """Run one of PostgreSQL's programs, as somebody who is not root; the newest of them that is installed."""
    found = sorted(Path(PROGRAMS).glob(f"*/bin/{command[0]}"), key=lambda p: int(p.parts[-3]))
    if not found:
        message = f"{command[0]} is missing: scripts/setup test installs PostgreSQL"
        raise FileNotFoundError(message)
    is_root = os.geteuid() == 0
    done = subprocess.run(
        [found[-1], *command[1:]],
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        # The server inherits it: a pipe would be waited for as long as it runs.
        stdout=subprocess.DEVNULL,
        stderr=None,
        user=USER if is_root else None,
        group=pwd.getpwnam(USER).pw_gid if is_root else None,
        extra_groups=() if is_root else None,
    )
    done.check_returncode()


def make_cluster(settings: dict[str, str]) -> Cluster:
    """A server with these settings; whoever makes it stops it and removes its directory."""
    directory = Path(tempfile.mkdtemp(prefix="nachklang-"))  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(directory, USER)
    return Cluster(directory, settings)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server of this run."""
    made = make_cluster(FAST)
    made.order(f"CREATE DATABASE {TEMPLATE}")
    migrate_server(made.address(TEMPLATE))
    yield made
    made.stop()
    shutil.rmtree(made.directory)


@pytest.fixture
def postgresql(cluster: Cluster) -> Iterator[str]:
    """The address of a fresh database of our newest schema."""
    with cluster.database(TEMPLATE) as address:
        yield address


@pytest.fixture
def empty_postgresql(cluster: Cluster) -> Iterator[str]:
    """The address of a database with nothing in it."""
    with cluster.database("template1") as address:
        yield address
