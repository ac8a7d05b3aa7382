"""A PostgreSQL server that follows another by streaming, and takes its place when told to."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

import psycopg

from tests.postgresql_cluster import USER, Cluster, run

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 60
_NOWHERE = "host=/nonexistent"


class Standby(Cluster):
    """It has what its primary has, a moment later."""

    def __init__(self, primary: Cluster, directory: Path) -> None:
        self.directory = directory
        self._numbers = count(1)
        directory.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(directory, USER)
        data = directory / "data"
        run(
            *("pg_basebackup", "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast"),
            *(f"--host={primary.directory}", f"--username={USER}", f"--pgdata={data}"),
        )
        with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.write(f"unix_socket_directories = '{directory}'\n")
        self.start()

    def promote(self) -> None:
        """From here on it is the one that is written to."""
        run("pg_ctl", "promote", "--wait", "--silent", f"--pgdata={self.directory / 'data'}")

    def deafen(self) -> None:
        """It hears nothing of its primary any more."""
        self.order(f"ALTER SYSTEM SET primary_conninfo = '{_NOWHERE}'")
        self.order("SELECT pg_reload_conf()")
        _await(self, "SELECT COUNT(*) FROM pg_stat_wal_receiver", 0)


def wait_for_standby(primary: Cluster) -> None:
    """From here on no commit is acknowledged before a standby has it, and one has caught up."""
    _set_standbys(primary, "ANY 1 (*)")
    _await(primary, "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'quorum'", 1)


def wait_for_nobody(primary: Cluster) -> None:
    """Commits are acknowledged as soon as they are durable on this server."""
    _set_standbys(primary, "")


def _set_standbys(primary: Cluster, names: str) -> None:
    primary.order(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
    primary.order("SELECT pg_reload_conf()")


def _await(server: Cluster, question: str, answer: int) -> None:
    until = time.monotonic() + _SECONDS
    with closing(psycopg.connect(server.address("postgres"), autocommit=True)) as connection:
        while connection.execute(question).fetchone() != (answer,):
            assert time.monotonic() < until, question
            time.sleep(0.01)
