"""Commits are counted in the database and beside it: a log that lost its end has fewer."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from survey.collecting import submit
from survey.keeping.backup import make_backup
from survey.keeping.doctor import examine
from survey.keeping.restore import restore_backup
from survey.storage import commit_count, upkeep
from survey.storage.commit_count import Noted
from survey.storage.connection import open_connection
from survey.urn_watch import confirm_urn
from tests.collecting.doomed_service import response_of
from tests.people import START, StoppedClock, at_rest

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import Invited

MISSING = "Der Datenbank fehlen die letzten %(lost)d Änderungen, die schon gespeichert waren."


def told(inst: Installation) -> list[object]:
    return [d.what.values()["lost"] for d in examine(inst) if d.what.key == MISSING]


@pytest.mark.proves("R5")
def test_a_changed_answer_that_is_gone_from_the_log_is_missed(
    tmp_path: Path, inst: Installation, anna: Invited
) -> None:
    submit(inst, anna.token, response_of(1))
    upkeep.compact(inst.settings.database)
    before = tmp_path / "before.db"
    shutil.copyfile(inst.settings.database, before)
    submit(inst, anna.token, response_of(2))
    is_sound = told(inst)
    inst.database.close()

    shutil.copyfile(before, inst.settings.database)
    risen = at_rest(tmp_path, StoppedClock())

    assert is_sound == []
    assert told(risen) == [1]
    submit(risen, anna.token, response_of(3))
    submit(risen, anna.token, response_of(4))
    assert told(risen) == [1]  # until somebody has looked
    confirm_urn(risen, "kk2020")
    assert told(risen) == []
    risen.database.close()


def test_a_restored_database_lacks_nothing(
    tmp_path: Path, inst: Installation, open_congress: EditionRecord, anna: Invited
) -> None:
    del open_congress
    backup = make_backup(inst)
    submit(inst, anna.token, response_of(1))
    inst.database.close()

    restore_backup(backup, inst.settings, now=START)

    risen = at_rest(tmp_path, StoppedClock())
    assert told(risen) == []
    risen.database.close()


def test_commits_noted_out_of_turn_are_no_alarm(tmp_path: Path) -> None:
    database = tmp_path / "nachklang.db"
    with closing(open_connection(database)) as connection:
        first = commit_count.advance(database, connection)
        second = commit_count.advance(database, connection)

        commit_count.note(database, second)
        commit_count.note(database, first)

        assert commit_count.lost(database, connection) == 0
        assert (first, second) == (Noted(1), Noted(2))


def test_a_count_that_is_none_is_an_alarm(tmp_path: Path) -> None:
    database = tmp_path / "nachklang.db"
    (tmp_path / "nachklang.db.commits").write_bytes(b"\x00" * 26)

    with closing(open_connection(database)) as connection:
        assert commit_count.lost(database, connection) == 1
