"""Many write at once, from two processes and beside a backup: nobody is refused, and nothing is damaged."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from survey.errors import StorageUnavailable
from survey.storage import connection, sqlite
from tests.faults.many_writers import run
from tests.faults.trial import Trial
from tests.storage.test_connection import add

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.proves("R7")
def test_many_writers_beside_backups_and_checkpoints_are_all_served(tmp_path: Path) -> None:
    outcome = run(Trial(300, tmp_path, Random(7)))  # noqa: S311 -- can be repeated

    assert (outcome.tried, outcome.lost) == (300, 0)


def test_a_writer_that_does_not_wait_sees_a_locked_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 0)
    path = tmp_path / "nachklang.db"
    connection.migrate(path)
    other = connection.open_connection(path)
    database = connection.Database(path)
    database.write(add("one"))
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageUnavailable, match="locked"):
        database.write(add("two"))

    other.execute("ROLLBACK")
    other.close()
    database.write(add("three"))
    database.close()
