"""A turn is somebody's alone, on one machine and on several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.storage.connection import Database
from survey.storage.turns import Turn, turn
from tests.lost_turns import lose_the_turn

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgresql"])
def machines(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Database, Database]:
    """Two processes: of one machine where the tables lie in a file, of two where they lie on a server."""
    if request.param == "sqlite":
        return Database(tmp_path / "nachklang.db"), Database(tmp_path / "nachklang.db")
    server: str = request.getfixturevalue("postgresql")
    return (
        Database(tmp_path / "one" / "nachklang.db", postgresql=server),
        Database(tmp_path / "other" / "nachklang.db", postgresql=server),
    )


def test_a_turn_is_had_by_one_at_a_time(machines: tuple[Database, Database]) -> None:
    here, there = machines
    with turn(here, Turn.MAILS) as is_ours, turn(there, Turn.MAILS) as is_theirs:
        during = is_ours(), is_theirs()
    with turn(there, Turn.MAILS) as is_theirs:
        afterwards = is_theirs()

    assert (during, afterwards) == ((True, False), True)


def test_turns_of_different_things_keep_nobody_waiting(machines: tuple[Database, Database]) -> None:
    here, there = machines
    with turn(here, Turn.MAILS) as mails, turn(there, Turn.STAFF_MAILS) as staff_mails:
        both = mails(), staff_mails()

    assert both == (True, True)


def test_each_installation_of_a_server_has_turns_of_its_own(
    postgresql: str, empty_postgresql: str, tmp_path: Path
) -> None:
    here, elsewhere = (
        Database(tmp_path / "nachklang.db", postgresql=address)
        for address in (postgresql, empty_postgresql)
    )
    with turn(here, Turn.MAILS) as ours, turn(elsewhere, Turn.MAILS) as theirs:
        both = ours(), theirs()

    assert both == (True, True)


def test_a_turn_of_a_server_that_was_replaced_is_not_ours_any_more(
    postgresql: str, tmp_path: Path
) -> None:
    here, there = (Database(tmp_path / "nachklang.db", postgresql=postgresql) for _ in range(2))
    with turn(here, Turn.MAILS) as is_ours:
        before = is_ours()
        lose_the_turn(here, Turn.MAILS)
        with turn(there, Turn.MAILS) as is_theirs:
            afterwards = is_ours(), is_theirs()

    assert (before, afterwards) == (True, (False, True))
