from __future__ import annotations

import stat
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from survey.counting import count_edition
from survey.errors import BackupRefused
from survey.keeping.backup import DATABASE, MANIFEST, backups_in, make_backup, prove_backup
from survey.keeping.key_copies import copies_beside, places
from survey.storage import editions
from survey.storage.connection import foreign_errors
from survey.urn.keys import KeyRing
from tests.counting.ballots import be_silent, close, people_answer

if TYPE_CHECKING:
    from pathlib import Path

    from survey.installation import Installation
    from survey.model.event import EditionRecord
    from tests.people import StoppedClock


@pytest.mark.proves("U44")
def test_a_backup_holds_the_database_and_no_key(
    inst: Installation, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)

    backup = make_backup(inst)

    assert sorted(p.name for p in backup.iterdir()) == [MANIFEST, DATABASE]
    assert list(inst.settings.backup_directory.rglob("*.key")) == []
    assert stat.S_IMODE((backup / DATABASE).stat().st_mode) == 0o600
    assert [path for _, path in backups_in(inst.settings.backup_directory)] == [backup]


@pytest.mark.proves("U44")
def test_keys_are_copied_to_a_directory_of_their_own_and_open_boxes(
    inst: Installation, open_congress: EditionRecord
) -> None:
    make_backup(inst)

    copies = copies_beside(inst.settings.backup_directory)
    KeyRing(copies, inst.settings.secret_directory).prove(
        open_congress.id, open_congress.public_key
    )
    assert places(inst.settings.keys) == (copies,)


def test_a_backup_goes_where_it_is_told(
    inst: Installation, open_congress: EditionRecord, tmp_path: Path
) -> None:
    people_answer(inst, open_congress, 1)

    backup = make_backup(inst, tmp_path / "stick")

    assert backup.parent == tmp_path / "stick"
    assert [p.name for p in (tmp_path / "stick-keys").iterdir()] == [f"{open_congress.id}.key"]


def test_backups_of_one_second_have_names_of_their_own(inst: Installation) -> None:
    assert make_backup(inst) != make_backup(inst)


def test_two_backups_at_once_are_made_one_after_the_other(inst: Installation) -> None:
    made: list[Path] = []
    hands = [Thread(target=lambda: made.append(make_backup(inst))) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert sorted(made) == [path for _, path in backups_in(inst.settings.backup_directory)]
    assert len(made) == len(hands)
    for path in made:
        prove_backup(inst, path)


def test_what_is_counted_while_a_backup_is_made_need_not_lie_in_it(
    inst: Installation, clock: StoppedClock, open_congress: EditionRecord
) -> None:
    people_answer(inst, open_congress, 5)
    close(clock)
    with foreign_errors():
        known = editions.keyed_editions(inst.database.read())
    before = make_backup(inst)
    count_edition(inst, "kk2020", by_hand=True, progress=be_silent)

    with pytest.raises(BackupRefused):
        prove_backup(inst, before)
    prove_backup(inst, before, known=known)


def test_a_backup_that_was_killed_leaves_nothing_in_the_way(inst: Installation) -> None:
    first = make_backup(inst)
    first.rename(first.with_name(first.name + ".unfinished"))

    assert make_backup(inst) == first
    assert [path for _, path in backups_in(inst.settings.backup_directory)] == [first]


@pytest.mark.parametrize("place", [100, 5000, -100])
@pytest.mark.proves("U31")
def test_a_damaged_backup_proves_nothing(
    inst: Installation, open_congress: EditionRecord, place: int
) -> None:
    people_answer(inst, open_congress, 5)
    backup = make_backup(inst)
    content = bytearray((backup / DATABASE).read_bytes())
    content[place] ^= 1
    (backup / DATABASE).write_bytes(content)

    with pytest.raises(BackupRefused):
        prove_backup(inst, backup)


def test_a_folder_without_a_manifest_is_no_backup(inst: Installation, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused):
        prove_backup(inst, tmp_path)


def test_a_key_that_opens_nothing_stops_the_backup(
    inst: Installation, open_congress: EditionRecord
) -> None:
    key = inst.settings.keys / f"{open_congress.id}.key"
    key.write_bytes(bytes(len(key.read_bytes())))

    with pytest.raises(BackupRefused):
        make_backup(inst)

    assert backups_in(inst.settings.backup_directory) == ()
