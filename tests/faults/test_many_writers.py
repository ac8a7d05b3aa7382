"""Many write at once, from two processes and beside a backup: nobody is refused, and nothing is damaged."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from survey.errors import StorageUnavailable
from survey.storage import connection, sqlite
from tests.faults.hands import Hand, await_work
from tests.faults.many_writers import run
from tests.faults.trial import Trial
from tests.storage.test_connection import add

if TYPE_CHECKING:
    from collections.abc import Callable
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


def test_what_a_hand_raises_is_raised_and_an_idle_one_is_noticed() -> None:
    def fail(count: Callable[[], None]) -> None:
        count()
        raise StorageUnavailable("locked")

    def ended(*work: Callable[[Callable[[], None]], None]) -> list[Hand]:
        hands = [Hand(one) for one in work]
        for hand in hands:
            hand.start()
        return hands

    assert await_work(ended(lambda count: count(), lambda count: count())) == 2

    with pytest.raises(StorageUnavailable, match="locked"):
        await_work(ended(lambda count: count(), fail))
    with pytest.raises(AssertionError, match="1 of 2 did nothing"):
        await_work(ended(lambda count: count(), lambda _: None))
