from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from survey.collecting import open_form, submit
from survey.counting import count_edition
from survey.errors import BackupRefused
from survey.installation import Installation
from survey.keeping.backup import DATABASE, make_backup
from survey.keeping.restore import restore_backup
from survey.model.published_table import PublishedTable
from survey.registering import delete
from survey.reporting.publication_log import earlier_key
from survey.storage import boxes, participants, published_groups
from survey.storage.connection import Database
from tests.counting.ballots import a_response, be_silent, close, people_answer
from tests.people import StoppedClock, stored_record

if TYPE_CHECKING:
    from pathlib import Path

    from survey.keeping.restore import Restored
    from survey.model.event import EditionRecord


def _restore(inst: Installation, backup: Path) -> tuple[Restored, Installation]:
    """The service is stopped, restored, and started again."""
    inst.database.close()
    restored = restore_backup(backup, inst.settings, now=inst.clock())
    return restored, Installation(
        inst.settings,
        Database(inst.settings.database, postgresql=inst.settings.postgresql),
        inst.links,
        inst.keys,
        inst.clock,
        inst.random_bytes,
        inst.cookies,
    )


def test_a_restored_edition_goes_on(inst: Installation, open_congress: EditionRecord) -> None:
    invited = people_answer(inst, open_congress, 5)
    backup = make_backup(inst)
    submit(inst, invited[6].token, a_response(6))

    restored, again = _restore(inst, backup)

    assert restored.editions == ("kk2020",)
    assert restored.lost_boxes == (("kk2020", 1),)
    assert boxes.count(again.database.read(), open_congress.id) == 5
    assert open_form(again, invited[0].token).has_answered
    submit(again, invited[6].token, a_response(6))
    assert boxes.count(again.database.read(), open_congress.id) == 6
    again.database.close()


def test_what_was_there_before_lies_among_the_backups(
    inst: Installation, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)
    backup = make_backup(inst)

    restored, again = _restore(inst, backup)

    assert restored.replaced is not None
    assert restored.replaced.parent == inst.settings.backup_directory
    assert (restored.replaced / DATABASE).is_file()
    again.database.close()


def test_a_machine_that_lost_its_data_gets_its_keys_back(
    inst: Installation, open_congress: EditionRecord
) -> None:
    invited = people_answer(inst, open_congress, 5)
    backup = make_backup(inst)
    inst.database.close()
    shutil.rmtree(inst.settings.data)

    restored, again = _restore(inst, backup)

    assert (restored.lost_boxes, restored.replaced) == ((), None)
    submit(again, invited[0].token, a_response(1))
    again.database.close()


@pytest.mark.parametrize("data_is_lost", [False, True])
@pytest.mark.proves("U35")
def test_a_backup_from_before_the_count_cannot_reopen_it(
    *, inst: Installation, clock: StoppedClock, open_congress: EditionRecord, data_is_lost: bool
) -> None:
    people_answer(inst, open_congress, 5)
    backup = make_backup(inst)
    close(clock)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)
    if data_is_lost:
        inst.database.close()
        shutil.rmtree(inst.settings.data)

    with pytest.raises(BackupRefused) as refused:
        _restore(inst, backup)

    assert refused.value.why.values() == {"edition": "kk2020"}
    if not data_is_lost:
        assert stored_record(inst, "kk2020").answered == 5


def test_the_backup_of_the_count_can_be_restored(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)
    close(clock)
    protocol = count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    _, again = _restore(inst, inst.settings.backup_directory / protocol.backup)

    assert stored_record(again, "kk2020").answered == 5
    again.database.close()


@pytest.mark.proves("D17")
@pytest.mark.parametrize("number", [0, 6], ids=["who-had-answered", "who-had-not"])
@pytest.mark.proves("U43")
def test_deletions_are_replayed(
    inst: Installation, open_congress: EditionRecord, number: int
) -> None:
    gone = people_answer(inst, open_congress, 5)[number].participant
    backup = make_backup(inst)
    delete(inst, "kk2020", gone.id)

    restored, again = _restore(inst, backup)

    assert restored.deleted_again == 1
    assert participants.find(again.database.read(), open_congress.id, gone.id) is None
    assert boxes.state(again.database.read(), open_congress.id).agrees
    again.database.close()


def test_a_damaged_backup_changes_nothing(inst: Installation, open_congress: EditionRecord) -> None:
    people_answer(inst, open_congress, 5)
    backup = make_backup(inst)
    (backup / DATABASE).write_bytes((backup / DATABASE).read_bytes()[:-4096])

    with pytest.raises(BackupRefused):
        _restore(inst, backup)

    assert stored_record(inst, "kk2020").name == "kk2020"
    assert list(inst.settings.data.glob("*restoring*")) == []


def test_what_was_published_since_the_backup_stays_on_record(inst: Installation) -> None:
    key = earlier_key("1" * 16, "kommunalkongress", date(2017, 5, 4))
    before, since = (PublishedTable("", "", item, 20, (8, 12)) for item in ("overall", "content"))

    def put(table: PublishedTable) -> None:
        inst.database.write(lambda c: published_groups.insert(c, key, [table], at=inst.clock()))

    put(before)
    backup = make_backup(inst)
    put(since)

    _, again = _restore(inst, backup)

    assert published_groups.of_edition(again.database.read(), key) == ((before,), (since,))
    again.database.close()


def test_a_database_from_before_the_log_has_nothing_to_keep_on_record(inst: Installation) -> None:
    backup = make_backup(inst)
    inst.database.write(lambda connection: connection.execute("DROP TABLE published_group"))

    _, again = _restore(inst, backup)

    assert published_groups.edition_keys(again.database.read()) == ()
    again.database.close()
